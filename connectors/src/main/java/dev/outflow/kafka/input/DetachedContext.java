package dev.outflow.kafka.input;

import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.util.UserCodeClassLoader;

/** The context of a decoder outside of a job: enough for Flink's {@code json} and {@code csv}. */
enum DetachedContext
    implements DynamicTableSource.Context, DeserializationSchema.InitializationContext {
  INSTANCE;

  /** The rows never leave the thread, so that nothing serializes them. */
  @Override
  @SuppressWarnings("unchecked")
  public <T> TypeInformation<T> createTypeInformation(DataType type) {
    return (TypeInformation<T>) TypeInformation.of(type.getConversionClass());
  }

  @Override
  @SuppressWarnings("unchecked")
  public <T> TypeInformation<T> createTypeInformation(LogicalType type) {
    return (TypeInformation<T>) TypeInformation.of(type.getDefaultConversion());
  }

  @Override
  public DynamicTableSource.DataStructureConverter createDataStructureConverter(DataType type) {
    throw unsupported();
  }

  @Override
  public MetricGroup getMetricGroup() {
    throw unsupported();
  }

  @Override
  public UserCodeClassLoader getUserCodeClassLoader() {
    throw unsupported();
  }

  private static UnsupportedOperationException unsupported() {
    return new UnsupportedOperationException("not available outside of a job");
  }
}
