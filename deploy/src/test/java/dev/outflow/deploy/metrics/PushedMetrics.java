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
 * Takes what Flink's reporter pushes. It is the same reporter with the same text as the one that
 * Prometheus reads, which listens on all addresses of the machine.
 */
record PushedMetrics(HttpServer server, AtomicReference<String> latest) implements AutoCloseable {

  /** On a free port of 127.0.0.1. */
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
      throw new IllegalStateException("no server on a free port", e);
    }
  }

  /** Flink's options by which it reports here each second, with labels as docs/reference has it. */
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
