package dev.outflow.benchmark;

import java.util.List;
import java.util.stream.Stream;

/**
 * Contestants that take turns on the same machine, broker and records. The first one is compared
 * with each of the others.
 *
 * @param name short, for options and results
 * @param turnMillis the measured time of one turn
 * @param laps the turns of each contestant in one repetition; short ones, because a machine's speed
 *     varies from second to second
 */
record Contest(String name, String title, int turnMillis, int laps, List<Contestant> contestants) {
  private static final int TURN_MS = 600;
  private static final int LAPS = 4;

  /** Returns a contest in short turns. */
  static Contest of(String name, String title, List<Contestant> contestants) {
    return new Contest(name, title, TURN_MS, LAPS, contestants);
  }

  /** Returns a contest of Outflow and its peers with the same workload. */
  static Contest ofPeers(String name, String title, Workload workload, Peer... peers) {
    return of(
        name,
        title,
        Stream.concat(Stream.of(Peer.OUTFLOW), Stream.of(peers))
            .map(peer -> Contestant.of(peer, workload))
            .toList());
  }
}
