package dev.outflow.capture;

import dev.outflow.kafka.error.ErrorPolicy;
import dev.outflow.kafka.error.OnError;
import dev.outflow.kafka.input.KafkaInputOptions;
import dev.outflow.kafka.input.RecordTable;
import dev.outflow.option.OptionNames;
import dev.outflow.option.OptionReader;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.factories.DynamicTableSourceFactory;
import org.apache.flink.table.factories.FactoryUtil;

/**
 * Creates the tables of {@code 'connector' = 'event-hubs-capture'}: the events in the files that
 * Event Hubs Capture writes to Blob Storage or Data Lake Storage.
 */
public final class EventHubsCaptureTableFactory implements DynamicTableSourceFactory {
  public static final String IDENTIFIER = "event-hubs-capture";

  private static final List<ConfigOption<?>> OF_FILES =
      List.of(
          EventHubsCaptureOptions.PATH,
          EventHubsCaptureOptions.MONITOR_INTERVAL,
          EventHubsCaptureOptions.ARCHIVE_NAME_FORMAT);

  @Override
  public String factoryIdentifier() {
    return IDENTIFIER;
  }

  @Override
  public Set<ConfigOption<?>> requiredOptions() {
    return Set.of(EventHubsCaptureOptions.PATH, FactoryUtil.FORMAT);
  }

  @Override
  public Set<ConfigOption<?>> optionalOptions() {
    return Set.of(
        EventHubsCaptureOptions.MONITOR_INTERVAL,
        EventHubsCaptureOptions.ARCHIVE_NAME_FORMAT,
        ErrorPolicy.ON_ERROR,
        KafkaInputOptions.VALUE_READER);
  }

  /**
   * {@inheritDoc}
   *
   * @throws dev.outflow.option.InvalidOptionsException with every problem of the options
   */
  @Override
  public DynamicTableSource createDynamicTableSource(Context table) {
    Map<String, String> options = table.getCatalogTable().getOptions();
    OptionReader reader = new OptionReader(options, OptionNames.problems(this, options));
    CaptureInput input = CaptureInput.read(reader);
    Map<String, String> ofRecords = new HashMap<>(options);
    OF_FILES.forEach(option -> ofRecords.remove(option.key()));
    if (OnError.DEAD_LETTER.toString().equalsIgnoreCase(options.get(ErrorPolicy.ON_ERROR.key()))) {
      reader.reject(
          ErrorPolicy.ON_ERROR,
          "'dead-letter' requires connector 'kafka', because dead letters are written to the same brokers; use drop, which keeps the record in its file");
      ofRecords.remove(ErrorPolicy.ON_ERROR.key());
    }
    // A name without a dot that is unknown here can be an option of Kafka inputs.
    ofRecords.keySet().removeIf(key -> !key.contains(".") && !isKnown(key));
    RecordTable records =
        options.containsKey(FactoryUtil.FORMAT.key())
            ? reader.attempt(() -> RecordTable.of(table, ofRecords))
            : null;
    reader.finish();
    return new EventHubsCaptureTable(table.getObjectIdentifier().getObjectName(), input, records);
  }

  private boolean isKnown(String key) {
    return key.equals(FactoryUtil.CONNECTOR.key())
        || key.equals(FactoryUtil.FORMAT.key())
        || optionalOptions().stream().anyMatch(option -> option.key().equals(key));
  }
}
