package dev.outflow.kafka.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The kafka-clients that this jar was built with. */
public final class BundledClient {
  /** Its version, from a resource that the build of each jar writes. */
  public static final String VERSION = read("kafka-clients.version");

  private BundledClient() {}

  private static String read(String resource) {
    try (InputStream version = BundledClient.class.getResourceAsStream(resource)) {
      return new String(version.readAllBytes(), UTF_8).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
