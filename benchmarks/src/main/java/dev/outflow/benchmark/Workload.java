package dev.outflow.benchmark;

import java.util.HashMap;
import java.util.Map;

/**
 * What is measured: everything that a job and its peers have in common.
 *
 * @param bytes how large a record of the input is as JSON; with other formats it has the same
 *     values
 * @param columns of the output; the input has one more
 * @param mtls whether both sides show certificates, otherwise nothing is secured
 * @param partitions of input and output
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

  /** What all clients are given, as they may be paused for minutes. */
  static final Map<String, String> PATIENCE = Map.of("request.timeout.ms", "600000");

  /** From which the others differ in one thing each. */
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

  /** What the producers of all peers are given besides. */
  Map<String, String> producer() {
    Map<String, String> properties = new HashMap<>(PATIENCE);
    properties.put("delivery.timeout.ms", "1200000");
    properties.put("compression.type", compression);
    properties.put("transaction.timeout.ms", "600000");
    return properties;
  }
}
