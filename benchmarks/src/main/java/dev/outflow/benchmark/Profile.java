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

  /** Maps fragments of frames to stages; the first match from the top of the stack counts. */
  private static final Map<String, String> PARTS = new LinkedHashMap<>();

  static {
    PARTS.put("dev.outflow.kafka.transaction", "loss detection");
    PARTS.put("dev.outflow.kafka.metrics", "metrics");
    PARTS.put("dev.outflow.security", "security");
    PARTS.put("javax.net.ssl", "TLS");
    PARTS.put("sun.security.ssl", "TLS");
    PARTS.put("RowDataSerializer.copy", "copies between operators");
    PARTS.put("RowDataToJson", "writing the value");
    PARTS.put("RowDataToCsv", "writing the value");
    PARTS.put("RowDataToAvro", "writing the value");
    PARTS.put("RowDataSerializationSchema.serialize", "writing the value");
    PARTS.put("dev.outflow.format.reader", "reading the value");
    PARTS.put("dev.outflow.format", "writing the value");
    PARTS.put("dev.outflow.avro.AvroSerializer", "writing the value");
    PARTS.put("jackson.core.io.NumberOutput", "writing the value");
    PARTS.put("dev.outflow.shaded.jackson", "reading the value");
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
    return "Flink's runtime, other";
  }

  /** Returns the top method, with its caller if it belongs to the JDK. */
  private static String method(List<RecordedFrame> frames) {
    String top = name(frames.get(0));
    return frames.stream()
        .map(Profile::name)
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
