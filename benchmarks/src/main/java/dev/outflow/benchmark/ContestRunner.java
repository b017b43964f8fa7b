package dev.outflow.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Runs contests: launches the contestants and lets them take turns.
 *
 * @param repetitions each is the sum of a contest's laps
 * @param warmUpSeconds how long each contestant runs before it is measured
 */
record ContestRunner(
    ContestantLauncher launcher, Inputs inputs, int repetitions, int warmUpSeconds) {

  Outcome run(Contest contest) throws Exception {
    List<RunningContestant> runners = new ArrayList<>();
    try {
      for (Contestant contestant : contest.contestants()) {
        RunningContestant runner = launcher.launch(contestant, inputs.of(contestant.workload()));
        runners.add(runner);
        runner.turn(warmUpSeconds * 1000L);
        System.out.print(" " + contestant.label() + " is running;");
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
      for (RunningContestant runner : runners) {
        runner.close();
      }
      inputs.clear();
    }
  }

  /** Returns the measurements of each contestant, in their order. */
  private static List<Turn> repetition(Contest contest, List<RunningContestant> runners)
      throws Exception {
    List<List<Turn>> laps = new ArrayList<>();
    for (int lap = 0; lap < contest.laps(); lap++) {
      List<Turn> turns = new ArrayList<>();
      for (RunningContestant runner : runners) {
        turns.add(runner.turn(contest.turnMillis()));
      }
      laps.add(turns);
    }
    return IntStream.range(0, runners.size())
        .mapToObj(i -> runners.get(i).requireRecords(Turn.all(column(laps, i))))
        .toList();
  }

  private static List<Turn> column(List<List<Turn>> rows, int i) {
    return rows.stream().map(row -> row.get(i)).toList();
  }
}
