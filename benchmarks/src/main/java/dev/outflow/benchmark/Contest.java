package dev.outflow.benchmark;

import java.util.List;
import java.util.stream.Stream;

/**
 * Contestants that take turns on the same machine, broker and records. The first is compared with
 * each other one.
 *
 * @param name short, as in file names
 * @param turnMillis how long one turn is measured
 * @param laps how many turns each has in one repetition: short ones, because the speed of machines
 *     varies from second to second
 */
record Contest(String name, String title, int turnMillis, int laps, List<Contestant> contestants) {
  private static final int TURN_MS = 600;
  private static final int LAPS = 4;

  /** In short turns. */
  static Contest of(String name, String title, List<Contestant> contestants) {
    return new Contest(name, title, TURN_MS, LAPS, contestants);
  }

  /** Outflow and its peers with the same workload. */
  static Contest ofPeers(String name, String title, Workload workload, Peer... peers) {
    return of(
        name,
        title,
        Stream.concat(Stream.of(Peer.OUTFLOW), Stream.of(peers))
            .map(peer -> Contestant.of(peer, workload))
            .toList());
  }
}
