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
 * Where a process spends its time, by samples of Java Flight Recorder.
 *
 * @param parts the share of each part of the way of a record, from 0 to 1
 * @param methods the share of each method on top of the stack, Java's own by who called them
 */
record Profile(long samples, Map<String, Double> parts, Map<String, Double> methods) {
  private static final Pattern OF_JAVA = Pattern.compile("(java|jdk|sun)\\.");

  /** The first whose words are in a frame, from the top of the stack down, is a sample's part. */
  private static final Map<String, String> PARTS = new LinkedHashMap<>();

  static {
    PARTS.put("dev.outflow.kafka.transaction", "guard");
    PARTS.put("dev.outflow.kafka.metrics", "metrics");
    PARTS.put("dev.outflow.security", "security");
    PARTS.put("javax.net.ssl", "TLS");
    PARTS.put("sun.security.ssl", "TLS");
    PARTS.put("RowDataSerializer.copy", "copies between operators");
    PARTS.put("RowDataToJson", "writing the value");
    PARTS.put("RowDataToCsv", "writing the value");
    PARTS.put("RowDataToAvro", "writing the value");
    PARTS.put("RowDataSerializationSchema.serialize", "writing the value");
    PARTS.put("dev.outflow.format", "writing the value");
    PARTS.put("dev.outflow.shaded.jackson", "writing the value");
    PARTS.put("RowDataDeserializationSchema", "reading the value");
    PARTS.put("dev.outflow.avro", "reading the value");
    PARTS.put("dev.outflow.kafka.output", "output: key, partition, limits");
    PARTS.put("dev.outflow.kafka.input", "input: checks");
    PARTS.put("kafka.clients.producer", "Kafka's producer");
    PARTS.put("kafka.clients.consumer", "Kafka's consumer");
    PARTS.put("kafka.common.network", "Kafka's network");
    PARTS.put("connector.kafka", "Flink's Kafka connector");
    PARTS.put("dev.outflow", "Outflow, other");
    PARTS.put("StreamExecCalc", "query");
  }

  /** Of a recording. */
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
          parts.merge(part(event), 1L, Long::sum);
          methods.merge(method(event.getStackTrace().getFrames()), 1L, Long::sum);
        }
      }
    }
    return new Profile(samples, shares(parts, samples), shares(methods, samples));
  }

  private static String part(RecordedEvent event) {
    for (RecordedFrame frame : event.getStackTrace().getFrames()) {
      String name = name(frame);
      for (Map.Entry<String, String> part : PARTS.entrySet()) {
        if (name.contains(part.getKey())) {
          return part.getValue();
        }
      }
    }
    return "Flink's runtime and the rest";
  }

  /** With its caller, if it is one of Java's own. */
  private static String method(List<RecordedFrame> frames) {
    String top = name(frames.get(0));
    return frames.stream()
        .map(Profile::name)
        .filter(it -> !OF_JAVA.matcher(it).lookingAt())
        .findFirst()
        .filter(it -> !it.equals(top))
        .map(it -> top + " in " + it)
        .orElse(top);
  }

  private static String name(RecordedFrame frame) {
    return frame.getMethod().getType().getName() + "." + frame.getMethod().getName();
  }

  /** The largest first. */
  private static Map<String, Double> shares(Map<String, Long> counts, long all) {
    Map<String, Double> shares = new LinkedHashMap<>();
    counts.entrySet().stream()
        .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
        .forEach(it -> shares.put(it.getKey(), (double) it.getValue() / all));
    return shares;
  }

  @Override
  public String toString() {
    return lines(parts) + "\n" + lines(methods);
  }

  private static String lines(Map<String, Double> shares) {
    return shares.entrySet().stream()
        .limit(40)
        .map(it -> "  %5.1f %%  %s%n".formatted(it.getValue() * 100, it.getKey()))
        .collect(joining());
  }
}
