package dev.outflow.e2e;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The main class of {@link FlinkCommandLine}: for each line of standard input, which is the file
 * for the output and then the arguments, runs what the main method of Flink's {@code CliFrontend}
 * runs, and prints the exit code. Ends at the end of its input, at the latest with the parent
 * process.
 */
final class FlinkCommandLoop {
  static final String SEPARATOR = "\t";

  private FlinkCommandLoop() {}

  public static void main(String[] args) throws Exception {
    Method flink =
        Class.forName("org.apache.flink.client.cli.CliFrontend")
            .getDeclaredMethod("mainInternal", String[].class);
    flink.setAccessible(true); // main() calls it, but then exits.
    PrintStream exitCodes = System.out;
    BufferedReader commands =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = commands.readLine(); line != null; line = commands.readLine()) {
      String[] words = line.split(SEPARATOR, -1);
      try (PrintStream output = new PrintStream(words[0], StandardCharsets.UTF_8)) {
        System.setOut(output);
        System.setErr(output);
        exitCodes.println(run(flink, Arrays.copyOfRange(words, 1, words.length)));
      }
    }
    System.exit(0);
  }

  private static int run(Method flink, String[] arguments) throws IllegalAccessException {
    try {
      return (int) flink.invoke(null, (Object) arguments);
    } catch (InvocationTargetException e) {
      e.getCause().printStackTrace();
      return 1;
    }
  }
}
