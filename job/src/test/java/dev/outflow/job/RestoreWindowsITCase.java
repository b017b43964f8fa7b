package dev.outflow.job;

import static dev.outflow.job.RestorableJob.awaitLines;
import static dev.outflow.job.RestorableJob.fromSavepoint;

import dev.outflow.embedded.EmbeddedKafka;
import dev.outflow.embedded.KafkaExtension;
import java.nio.file.Path;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Restores the rows that functions of event time keep. */
@ExtendWith(KafkaExtension.class)
class RestoreWindowsITCase {
  @RegisterExtension static final MiniClusterExtension FLINK = RestorableJob.cluster();

  private final RestorableJob job;

  RestoreWindowsITCase(EmbeddedKafka kafka, @TempDir Path folder) throws Exception {
    job = new RestorableJob(kafka, folder);
  }

  @AfterEach
  void cancel() {
    job.cancel();
  }

  @Test
  void continuesWithEarlierRowsAndSlidingWindows() throws Exception {
    String window = "WINDOW w AS (PARTITION BY city ORDER BY rowtime RANGE BETWEEN %s PRECEDING";
    String sliding =
        job.yaml().substring(0, job.yaml().indexOf("  counts: >"))
            + """
              pairs: >
                SELECT city, amount, earlier_row.amount AS before, rowtime AS ts
                FROM EARLIER_ROW(input => TABLE orders PARTITION BY city ORDER BY placed_at,
                  limit_duration => INTERVAL '1' HOUR, on_time => DESCRIPTOR(placed_at), uid => 'pairs')
              changes: >
                SELECT city, before, is_entering, SUM(CASE WHEN is_entering THEN amount END) OVER w AS total
                FROM SLIDING_CHANGES(input => TABLE pairs PARTITION BY city,
                  window_size => INTERVAL '30' MINUTE, on_time => DESCRIPTOR(ts), uid => 'changes')
                %s AND CURRENT ROW)
              counts: >
                SELECT city, CASE WHEN is_entering THEN before ELSE -1 END AS before, total
                FROM changes WHERE city = 'Bern' AND total > 0
            """
                .formatted(window.formatted("INTERVAL '29:59.999' MINUTE TO SECOND"))
            + job.yaml().substring(job.yaml().indexOf("outputs:"));

    job.start(sliding);
    job.send(1, "Basel,0,2020-11-20 10:15:00Z");
    job.send("Bern,5,2020-11-20 10:10:00Z");
    awaitLines(job.counts(), "Bern,,5", "Bern,-1,5");
    job.start(fromSavepoint(job.stop(), sliding));
    job.send("Bern,8,2020-11-20 10:30:00Z");
    job.closeWindow();

    awaitLines(job.counts(), "Bern,,5", "Bern,-1,5", "Bern,5,13", "Bern,-1,13", "Bern,-1,8");
  }

  @Test
  void continuesWithTheHistoryOfAnomalies() throws Exception {
    String detecting =
        job.yaml().substring(0, job.yaml().indexOf("  counts: >"))
            + """
              spikes: >
                SELECT city, amount, anomaly.IsAnomaly AS spike, rowtime AS ts
                FROM SPIKE_AND_DIP(input => TABLE orders PARTITION BY city ORDER BY placed_at,
                  observed_value => DESCRIPTOR(amount), confidence => 95E0, history_size => 3, mode => 'spikes',
                  limit_duration => INTERVAL '1' HOUR, on_time => DESCRIPTOR(placed_at), uid => 'spikes')
              changes: >
                SELECT city, amount, spike, anomaly.IsAnomaly AS change
                FROM CHANGE_POINT(input => TABLE spikes PARTITION BY city ORDER BY ts,
                  observed_value => DESCRIPTOR(amount), confidence => 90E0, history_size => 3,
                  limit_duration => INTERVAL '1' HOUR, on_time => DESCRIPTOR(ts), uid => 'changes')
              counts: >
                SELECT city, amount, spike, change FROM changes WHERE city = 'Bern'
            """
            + job.yaml().substring(job.yaml().indexOf("outputs:"));

    job.start(detecting);
    job.send(1, "Basel,0,2020-11-20 10:15:00Z");
    job.send("Bern,5,2020-11-20 10:10:00Z");
    job.send("Bern,5,2020-11-20 10:11:00Z");
    job.send("Bern,5,2020-11-20 10:12:00Z");
    awaitLines(job.counts(), "Bern,5,0,0", "Bern,5,0,0", "Bern,5,0,0");
    job.start(fromSavepoint(job.stop(), detecting));
    job.send("Bern,8,2020-11-20 10:30:00Z");
    job.closeWindow();

    awaitLines(job.counts(), "Bern,5,0,0", "Bern,5,0,0", "Bern,5,0,0", "Bern,8,1,1");
  }

  @Test
  void continuesWithTheRowsOfSessionsAndSlidingWindows() throws Exception {
    String gathering =
        job.yaml().substring(0, job.yaml().indexOf("  counts: >"))
            + """
              visits: >
                SELECT * FROM SESSION_ROWS(input => TABLE orders PARTITION BY city ORDER BY placed_at,
                  timeout => INTERVAL '30' MINUTE, max_duration => INTERVAL '2' HOUR,
                  on_time => DESCRIPTOR(placed_at), uid => 'visits')
              recent: >
                SELECT * FROM SLIDING_ROWS(input => TABLE orders PARTITION BY city ORDER BY placed_at,
                  window_size => INTERVAL '30' MINUTE, on_time => DESCRIPTOR(placed_at), uid => 'recent')
              counts: >
                SELECT city, 'session' AS kind, SUM(amount) AS total
                FROM TABLE(TUMBLE(TABLE visits, DESCRIPTOR(rowtime), INTERVAL '0.001' SECOND))
                WHERE city = 'Bern' GROUP BY city, window_start, window_end
                UNION ALL
                SELECT city, 'sliding' AS kind, SUM(amount) AS total
                FROM TABLE(TUMBLE(TABLE recent, DESCRIPTOR(rowtime), INTERVAL '0.001' SECOND))
                WHERE city = 'Bern' GROUP BY city, window_start, window_end
            """
            + job.yaml().substring(job.yaml().indexOf("outputs:"));

    job.start(gathering);
    job.send(1, "Basel,0,2020-11-20 10:15:00Z");
    job.send("Bern,5,2020-11-20 10:10:00Z");
    job.send("Bern,1,2020-11-20 10:20:00Z");
    awaitLines(job.counts(), "Bern,sliding,5");
    job.start(fromSavepoint(job.stop(), gathering));
    job.send("Bern,8,2020-11-20 10:30:00Z");
    job.closeWindow();

    awaitLines(
        job.counts(),
        "Bern,sliding,5",
        "Bern,sliding,6",
        "Bern,sliding,14",
        "Bern,sliding,9",
        "Bern,sliding,8",
        "Bern,session,14");
  }
}
