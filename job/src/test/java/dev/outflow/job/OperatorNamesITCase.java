package dev.outflow.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outflow.compose.ComposedJob;
import dev.outflow.embedded.EmbeddedKafka;
import dev.outflow.embedded.KafkaExtension;
import dev.outflow.print.EffectiveConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.JobID;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.test.junit5.InjectMiniCluster;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(KafkaExtension.class)
class OperatorNamesITCase {
  @RegisterExtension static final MiniClusterExtension FLINK = RestorableJob.cluster();

  private final RestorableJob job;

  OperatorNamesITCase(EmbeddedKafka kafka, @TempDir Path folder) throws Exception {
    job = new RestorableJob(kafka, folder);
  }

  @AfterEach
  void cancel() {
    job.cancel();
  }

  @Test
  void printsTheOperatorNamesThatTheClusterShows(@InjectMiniCluster MiniCluster flink)
      throws Exception {
    ComposedJob composed = job.compose(job.yaml());
    List<String> printed = composed.operators();
    JobID id = job.submit(composed).getJobID();

    assertThat(printed).hasSizeGreaterThan(5);
    Awaitility.await()
        .atMost(RestorableJob.LONG)
        .untilAsserted(() -> assertThat(names(flink, id).toString()).contains(printed));
    assertThat(EffectiveConfig.of(composed)).contains(printed);
  }

  private static List<String> names(MiniCluster flink, JobID job) throws Exception {
    List<String> names = new ArrayList<>();
    flink
        .getExecutionGraph(job)
        .get()
        .getVerticesTopologically()
        .forEach(vertex -> names.add(vertex.getName()));
    return names;
  }
}
