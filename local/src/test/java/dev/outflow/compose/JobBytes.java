package dev.outflow.compose;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.outflow.definition.Draft;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.util.InstantiationUtil;

/** Serializes a job in every form that is sent to a cluster or stored there. */
public final class JobBytes {
  private JobBytes() {}

  /** Returns the bytes of each form. */
  public static Map<String, byte[]> of(Draft definition) throws Exception {
    StreamExecutionEnvironment environment =
        StreamExecutionEnvironment.getExecutionEnvironment(
            JobOptions.of(definition.definition(), new Configuration()));
    ComposedJob job = JobComposer.compose(definition, new Configuration(), options -> environment);
    String plan = job.plan().statements().compilePlan().asJsonString();
    job.plan().statements().attachAsDataStream();
    byte[] jobGraph =
        InstantiationUtil.serializeObject(environment.getStreamGraph(false).getJobGraph());
    StreamGraph streamGraph = environment.getStreamGraph(false);
    streamGraph.serializeUserDefinedInstances();
    return Map.of(
        "compiled plan",
        plan.getBytes(UTF_8),
        "compiled plan with stable ids",
        StablePlan.of(plan, Map.of()).getBytes(UTF_8),
        "job graph",
        jobGraph,
        "stream graph",
        InstantiationUtil.serializeObject(streamGraph));
  }
}
