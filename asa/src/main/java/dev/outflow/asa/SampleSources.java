package dev.outflow.asa;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Where samples of inputs come from, by the alias of the input, whatever its case.
 *
 * @param files with sample records
 * @param topics the inputs whose topics are read
 * @param progress receives what reading a topic waits for, one line each
 */
public record SampleSources(
    Map<String, Path> files, Set<String> topics, Consumer<String> progress) {
  /** Stands for the topic of the input, instead of a file. */
  private static final String TOPIC = "kafka";

  public SampleSources {
    Map<String, Path> byAlias = new LinkedHashMap<>();
    files.forEach((alias, file) -> byAlias.put(key(alias), file));
    files = byAlias;
    Set<String> read = new LinkedHashSet<>();
    topics.forEach(alias -> read.add(key(alias)));
    topics = read;
  }

  /** Returns the sources of options {@code ALIAS=FILE} and {@code ALIAS=kafka}. */
  public static SampleSources of(Map<String, Path> options, Consumer<String> progress) {
    Map<String, Path> files = new LinkedHashMap<>(options);
    files.values().removeIf(SampleSources::isTopic);
    Set<String> topics = new LinkedHashSet<>(options.keySet());
    topics.removeAll(files.keySet());
    return new SampleSources(files, topics, progress);
  }

  private static boolean isTopic(Path source) {
    return source.toString().equalsIgnoreCase(TOPIC);
  }

  static String key(String alias) {
    return alias.toLowerCase(Locale.ROOT);
  }
}
