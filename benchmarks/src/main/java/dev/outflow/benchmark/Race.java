package dev.outflow.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Lets the contestants of a contest take turns.
 *
 * @param repetitions of which each is the sum of a contest's laps
 * @param warmUpSeconds that each runs before anything is measured
 */
record Race(Starter starter, Inputs inputs, int repetitions, int warmUpSeconds) {

  Outcome run(Contest contest) throws Exception {
    List<Runner> runners = new ArrayList<>();
    try {
      for (Contestant contestant : contest.contestants()) {
        Runner runner = starter.start(contestant, inputs.of(contestant.workload()));
        runners.add(runner);
        runner.turn(warmUpSeconds * 1000L);
        System.out.print(" " + contestant.label() + " runs;");
      }
      List<List<Turn>> all = new ArrayList<>();
      for (int i = 0; i < repetitions; i++) {
        all.add(repetition(contest, runners));
        System.out.print(" " + (i + 1));
      }
      System.out.println();
      List<Outcome.Score> scores = new ArrayList<>();
      for (int i = 0; i < runners.size(); i++) {
        scores.add(runners.get(i).score(column(all, i)));
      }
      return new Outcome(contest.name(), contest.title(), scores);
    } finally {
      for (Runner runner : runners) {
        runner.close();
      }
      inputs.clear();
    }
  }

  /** What each has done, in their order. */
  private static List<Turn> repetition(Contest contest, List<Runner> runners) throws Exception {
    List<List<Turn>> laps = new ArrayList<>();
    for (int lap = 0; lap < contest.laps(); lap++) {
      List<Turn> turns = new ArrayList<>();
      for (Runner runner : runners) {
        turns.add(runner.turn(contest.turnMillis()));
      }
      laps.add(turns);
    }
    return IntStream.range(0, runners.size())
        .mapToObj(i -> runners.get(i).checked(Turn.all(column(laps, i))))
        .toList();
  }

  private static List<Turn> column(List<List<Turn>> rows, int i) {
    return rows.stream().map(row -> row.get(i)).toList();
  }
}
