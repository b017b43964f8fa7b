package dev.outflow.benchmark;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingFile;

/**
 * A CPU profile, from samples of Java Flight Recorder.
 *
 * @param parts the share of each stage of a record's path, from 0 to 1
 * @param methods the share of each method on top of the stack; the JDK's with their caller
 */
record Profile(long samples, Map<String, Double> parts, Map<String, Double> methods) {
  private static final Pattern JDK_METHOD = Pattern.compile("(java|jdk|sun)\\.");

  private static final String RUNTIME = "Flink's runtime, other";
  private static final String READING = "reading the value";
  private static final String WRITING = "writing the value";

  /**
   * Maps fragments of methods to stages; the first match from the top of the stack counts. Methods
   * that several stages call are left out: their callers count.
   */
  private static final Map<String, String> PARTS = new LinkedHashMap<>();

  static {
    PARTS.put("dev.outflow.kafka.transaction", "loss detection");
    PARTS.put("dev.outflow.kafka.metrics", "metrics");
    PARTS.put("dev.outflow.security", "security");
    PARTS.put("javax.net.ssl", "TLS");
    PARTS.put("sun.security.ssl", "TLS");
    PARTS.put("RowDataSerializer.copy", "copies between operators");
    PARTS.put("flink.streaming.runtime.tasks", RUNTIME);
    PARTS.put("RowDataToJson", WRITING);
    PARTS.put("RowDataToCsv", WRITING);
    PARTS.put("RowDataToAvro", WRITING);
    PARTS.put("RowDataSerializationSchema.serialize", WRITING);
    PARTS.put("dev.outflow.format.DirectSerializer", WRITING);
    PARTS.put("dev.outflow.avro.AvroSerializer", WRITING);
    PARTS.put("dev.outflow.format.reader", READING);
    PARTS.put("dev.outflow.avro.AvroMessageReader", READING);
    PARTS.put("RowDataDeserializationSchema", READING);
    PARTS.put("dev.outflow.kafka.output", "output: key, partition, limits");
    PARTS.put("dev.outflow.kafka.input", "input: checks");
    PARTS.put("kafka.clients.producer", "Kafka's producer");
    PARTS.put("kafka.clients.consumer", "Kafka's consumer");
    PARTS.put("kafka.common.network", "Kafka's network");
    PARTS.put("connector.kafka", "Flink's Kafka connector");
    PARTS.put("dev.outflow.kafka", "Outflow, other");
    PARTS.put("StreamExecCalc", "query");
  }

  /** Reads a recording. */
  static Profile of(Path recording) throws IOException {
    Map<String, Long> parts = new HashMap<>();
    Map<String, Long> methods = new HashMap<>();
    long samples = 0;
    try (RecordingFile events = new RecordingFile(recording)) {
      while (events.hasMoreEvents()) {
        RecordedEvent event = events.readEvent();
        boolean isSample = event.getEventType().getName().equals("jdk.ExecutionSample");
        if (isSample && event.getStackTrace() != null) {
          samples++;
          List<String> stack =
              event.getStackTrace().getFrames().stream().map(Profile::name).toList();
          parts.merge(part(stack), 1L, Long::sum);
          methods.merge(method(stack), 1L, Long::sum);
        }
      }
    }
    return new Profile(samples, shares(parts, samples), shares(methods, samples));
  }

  /** Returns the stage that a stack belongs to; {@code methods} starts with the top one. */
  static String part(List<String> methods) {
    return methods.stream()
        .flatMap(
            method ->
                PARTS.entrySet().stream()
                    .filter(part -> method.contains(part.getKey()))
                    .map(Map.Entry::getValue)
                    .limit(1))
        .findFirst()
        .orElse(RUNTIME);
  }

  /** Returns the top method, with its caller if it belongs to the JDK. */
  private static String method(List<String> stack) {
    String top = stack.get(0);
    return stack.stream()
        .filter(name -> !JDK_METHOD.matcher(name).lookingAt())
        .findFirst()
        .filter(caller -> !caller.equals(top))
        .map(caller -> top + " in " + caller)
        .orElse(top);
  }

  private static String name(RecordedFrame frame) {
    return frame.getMethod().getType().getName() + "." + frame.getMethod().getName();
  }

  /** Sorted by share, descending. */
  private static Map<String, Double> shares(Map<String, Long> counts, long total) {
    Map<String, Double> shares = new LinkedHashMap<>();
    counts.entrySet().stream()
        .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
        .forEach(count -> shares.put(count.getKey(), (double) count.getValue() / total));
    return shares;
  }

  @Override
  public String toString() {
    return lines(parts) + "\n" + lines(methods);
  }

  private static String lines(Map<String, Double> shares) {
    return shares.entrySet().stream()
        .limit(40)
        .map(share -> "  %5.1f %%  %s%n".formatted(share.getValue() * 100, share.getKey()))
        .collect(joining());
  }
}
