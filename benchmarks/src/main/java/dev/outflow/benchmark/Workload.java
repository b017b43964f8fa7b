package dev.outflow.benchmark;

import java.util.HashMap;
import java.util.Map;

/**
 * The workload that a job and its peers have in common.
 *
 * @param bytes the size of an input record as JSON; other formats have the same values
 * @param columns the number of output columns; the input has one more
 * @param mtls whether connections use mTLS; otherwise they are not secured
 * @param partitions the number of partitions of input and output
 */
record Workload(
    Scenario scenario,
    Format format,
    int bytes,
    int columns,
    String compression,
    Delivery delivery,
    boolean mtls,
    int parallelism,
    int partitions,
    int outputs) {

  /** Properties of all clients, because they can be paused for minutes. */
  static final Map<String, String> LONG_TIMEOUTS = Map.of("request.timeout.ms", "600000");

  /** The base workload; others change one aspect. */
  static final Workload BASE =
      new Workload(
          Scenario.FILTER, Format.JSON, 200, 5, "none", Delivery.EVERY_10_S, false, 1, 4, 1);

  Workload with(Scenario other) {
    return new Workload(
        other,
        format,
        bytes,
        columns,
        compression,
        delivery,
        mtls,
        parallelism,
        partitions,
        outputs);
  }

  Workload with(Format other) {
    return new Workload(
        scenario,
        other,
        bytes,
        columns,
        compression,
        delivery,
        mtls,
        parallelism,
        partitions,
        outputs);
  }

  Workload withBytes(int other) {
    return new Workload(
        scenario,
        format,
        other,
        columns,
        compression,
        delivery,
        mtls,
        parallelism,
        partitions,
        outputs);
  }

  Workload withColumns(int other) {
    return new Workload(
        scenario,
        format,
        bytes,
        other,
        compression,
        delivery,
        mtls,
        parallelism,
        partitions,
        outputs);
  }

  Workload withCompression(String other) {
    return new Workload(
        scenario, format, bytes, columns, other, delivery, mtls, parallelism, partitions, outputs);
  }

  Workload with(Delivery other) {
    return new Workload(
        scenario,
        format,
        bytes,
        columns,
        compression,
        other,
        mtls,
        parallelism,
        partitions,
        outputs);
  }

  Workload withMtls() {
    return new Workload(
        scenario,
        format,
        bytes,
        columns,
        compression,
        delivery,
        true,
        parallelism,
        partitions,
        outputs);
  }

  Workload withParallelism(int other) {
    return new Workload(
        scenario, format, bytes, columns, compression, delivery, mtls, other, partitions, outputs);
  }

  Workload withPartitions(int other) {
    return new Workload(
        scenario, format, bytes, columns, compression, delivery, mtls, parallelism, other, outputs);
  }

  Workload withOutputs(int other) {
    return new Workload(
        scenario,
        format,
        bytes,
        columns,
        compression,
        delivery,
        mtls,
        parallelism,
        partitions,
        other);
  }

  /** Additional properties of the producers of all peers. */
  Map<String, String> producer() {
    Map<String, String> properties = new HashMap<>(LONG_TIMEOUTS);
    properties.put("delivery.timeout.ms", "1200000");
    properties.put("max.block.ms", "600000");
    properties.put("compression.type", compression);
    properties.put("transaction.timeout.ms", "600000");
    return properties;
  }
}
