package dev.outflow.benchmark;

import java.util.HashMap;
import java.util.Map;

/**
 * One participant of a contest; the options apply to Outflow only.
 *
 * @param flink additional Flink options
 * @param input additional options of the input
 * @param output additional options of the outputs
 */
record Contestant(
    String label,
    Peer peer,
    Workload workload,
    Map<String, String> flink,
    Map<String, String> input,
    Map<String, String> output) {

  Contestant {
    flink = Map.copyOf(flink);
    input = Map.copyOf(input);
    output = Map.copyOf(output);
  }

  static Contestant of(Peer peer, Workload workload) {
    return new Contestant(peer.toString(), peer, workload, Map.of(), Map.of(), Map.of());
  }

  /** Returns Outflow with a workload of its own. */
  static Contestant outflow(String label, Workload workload) {
    return new Contestant(label, Peer.OUTFLOW, workload, Map.of(), Map.of(), Map.of());
  }

  Contestant withFlink(String option, String value) {
    return new Contestant(label, peer, workload, plus(flink, option, value), input, output);
  }

  Contestant withInput(String option, String value) {
    return new Contestant(label, peer, workload, flink, plus(input, option, value), output);
  }

  Contestant withOutput(String option, String value) {
    return new Contestant(label, peer, workload, flink, input, plus(output, option, value));
  }

  private static Map<String, String> plus(Map<String, String> map, String option, String value) {
    Map<String, String> more = new HashMap<>(map);
    more.put(option, value);
    return more;
  }
}
