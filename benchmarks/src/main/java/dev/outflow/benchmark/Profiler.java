package dev.outflow.benchmark;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Profiles a running process with Java Flight Recorder. */
record Profiler(Path folder) {
  private static final long JCMD_TIMEOUT_S = 30;

  /** Lets a contestant run for {@code seconds} and returns its profile. */
  Profile profile(RunningContestant runner, int seconds) throws Exception {
    Path recording = folder.resolve(runner.process().pid() + ".jfr").toAbsolutePath();
    String pid = String.valueOf(runner.process().pid());
    runner.process().resume();
    jcmd(pid, "JFR.start", "name=benchmark", "settings=profile");
    runner.turn(seconds * 1000L);
    runner.process().resume();
    jcmd(pid, "JFR.stop", "name=benchmark", "filename=" + recording);
    runner.pause();
    return Profile.of(recording);
  }

  private static void jcmd(String... arguments) throws IOException, InterruptedException {
    String[] command = new String[arguments.length + 1];
    command[0] = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    System.arraycopy(arguments, 0, command, 1, arguments.length);
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (!process.waitFor(JCMD_TIMEOUT_S, TimeUnit.SECONDS) || process.exitValue() != 0) {
      throw new IOException("jcmd failed: " + String.join(" ", command));
    }
  }
}
