package dev.outflow.benchmark;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Measures how long contestants take to write their first record. Each start has a cluster of its
 * own and runs alone; who starts first changes with each repetition, because what runs later finds
 * a warm broker and file cache.
 */
record StartUpRun(ContestantLauncher launcher, Inputs inputs, int repetitions) {
  StartUp run(String name, String title, Workload workload, Peer... peers) throws Exception {
    Map<Peer, List<Double>> seconds = new LinkedHashMap<>();
    List<Peer> order = new ArrayList<>(List.of(peers));
    order.forEach(peer -> seconds.put(peer, new ArrayList<>()));
    for (int i = 0; i < repetitions; i++) {
      for (Peer peer : order) {
        try (RunningContestant runner =
            launcher.launch(Contestant.of(peer, workload), inputs.of(workload))) {
          seconds.get(peer).add(runner.startUpSeconds());
        }
      }
      System.out.print(" " + (i + 1));
      Collections.rotate(order, 1);
    }
    System.out.println();
    return new StartUp(
        name,
        title,
        seconds.entrySet().stream()
            .map(entry -> new StartUp.Score(entry.getKey().toString(), entry.getValue()))
            .toList());
  }
}
