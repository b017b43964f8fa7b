package dev.outflow.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.outflow.local.watch.Pause;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.api.common.JobID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RunMonitorTest {
  private final StringWriter out = new StringWriter();
  private HttpServer flink;
  private String recordsIn = "0";

  @BeforeEach
  void start() throws IOException {
    flink = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    flink.createContext(
        "/",
        request -> {
          byte[] body = answer(request.getRequestURI().toString()).getBytes(UTF_8);
          request.sendResponseHeaders(200, body.length);
          request.getResponseBody().write(body);
          request.close();
        });
    flink.start();
  }

  @AfterEach
  void stop() {
    flink.stop(0);
  }

  @Test
  void saysOnceWhatToDoWhenNoRecordArrives() throws InterruptedException {
    watch();

    assertThat(out.toString().split("no records for 0 s", -1)).hasSize(2);
    assertThat(out.toString())
        .contains("nothing has been written to 'orders' since the job started", "--generator FILE");
  }

  @Test
  void saysNothingWhenRecordsArrive() throws InterruptedException {
    recordsIn = "7";
    watch();

    assertThat(out.toString()).contains("in 7").doesNotContain("no record");
  }

  @Test
  void keepsTheLastKnownStateWhenFlinkNoLongerAnswers() throws InterruptedException {
    recordsIn = "7";
    List<Boolean> pauses = new ArrayList<>(List.of(false, false, true));
    RunMonitor monitor =
        monitor(
            wait -> {
              if (pauses.size() == 2) {
                flink.stop(0);
              }
              return pauses.remove(0);
            });
    monitor.follow();

    assertThat(monitor.finish()).isZero();
    assertThat(out.toString()).contains("job RUNNING: in 7 records");
  }

  private void watch() throws InterruptedException {
    try (StopSignal stop = StopSignal.listen()) {
      RunMonitor monitor = monitor(stop::requestedWithin);
      monitor.follow();
      monitor.finish();
    }
  }

  private RunMonitor monitor(Pause pause) {
    Progress progress = new Progress(new PrintWriter(out), new PrintWriter(out));
    URI address = URI.create("http://127.0.0.1:" + flink.getAddress().getPort());
    return new RunMonitor(
        new FlinkRest(address, new JobID()),
        List.of(),
        progress,
        pause,
        new SilentInputs(List.of("'orders'"), Duration.ZERO),
        Optional.of(Duration.ofSeconds(2)));
  }

  private String answer(String path) {
    if (path.contains("get=")) {
      return "[{\"sum\": %s}]".formatted(recordsIn);
    }
    if (path.endsWith("/metrics")) {
      return "[{\"id\": \"Source__orders.numRecordsIn\"}]";
    }
    return path.endsWith("/checkpoints")
        ? "{}"
        : "{\"state\": \"RUNNING\", \"vertices\": [{\"id\": \"a\"}]}";
  }
}
