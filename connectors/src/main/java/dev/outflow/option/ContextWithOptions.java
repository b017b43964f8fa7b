package dev.outflow.option;

import java.util.Map;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.table.catalog.ObjectIdentifier;
import org.apache.flink.table.catalog.ResolvedCatalogTable;
import org.apache.flink.table.factories.DynamicTableFactory;
import org.apache.flink.table.types.DataType;

/** A table's context with different options, to pass to another factory. */
public record ContextWithOptions(
    DynamicTableFactory.Context original, ResolvedCatalogTable catalogTable)
    implements DynamicTableFactory.Context {

  /** Copies {@code original} with other options for the table. */
  public ContextWithOptions(DynamicTableFactory.Context original, Map<String, String> options) {
    this(original, original.getCatalogTable().copy(options));
  }

  @Override
  public ObjectIdentifier getObjectIdentifier() {
    return original.getObjectIdentifier();
  }

  @Override
  public ResolvedCatalogTable getCatalogTable() {
    return catalogTable;
  }

  @Override
  public ReadableConfig getConfiguration() {
    return original.getConfiguration();
  }

  @Override
  public ClassLoader getClassLoader() {
    return original.getClassLoader();
  }

  @Override
  public boolean isTemporary() {
    return original.isTemporary();
  }

  @Override
  public DataType getPhysicalRowDataType() {
    return original.getPhysicalRowDataType();
  }

  /** Options can hold secrets: the table's name only. */
  @Override
  public String toString() {
    return "ContextWithOptions[" + getObjectIdentifier() + "]";
  }
}
