package dev.outflow.deploy.metrics;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.flink.configuration.Configuration;

/**
 * Receives metrics pushed by Flink's reporter. The text is the same as that of the reporter that
 * Prometheus scrapes, which would listen on all network interfaces.
 */
record PushedMetrics(HttpServer server, AtomicReference<String> latest) implements AutoCloseable {

  /** Listens on a free port of 127.0.0.1. */
  static PushedMetrics listen() {
    AtomicReference<String> latest = new AtomicReference<>("");
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.createContext(
          "/",
          exchange -> {
            latest.set(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
            exchange.sendResponseHeaders(202, -1);
            exchange.close();
          });
      server.start();
      return new PushedMetrics(server, latest);
    } catch (IOException e) {
      throw new IllegalStateException("cannot listen on a free port", e);
    }
  }

  /** Options for Flink to report here every second, with the labels of docs/reference. */
  Configuration flinkOptions() {
    Configuration options = new Configuration();
    String reporter = "metrics.reporter.prom.";
    options.setString(
        reporter + "factory.class",
        "org.apache.flink.metrics.prometheus.PrometheusPushGatewayReporterFactory");
    options.setString(reporter + "hostUrl", "http://127.0.0.1:" + server.getAddress().getPort());
    options.setString(reporter + "interval", "1 s");
    options.setString(reporter + "deleteOnShutdown", "false");
    options.setString(reporter + "filterLabelValueCharacters", "false");
    return options;
  }

  List<Sample> samples() {
    return Sample.all(latest.get());
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
