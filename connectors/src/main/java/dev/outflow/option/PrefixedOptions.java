package dev.outflow.option;

import static java.util.stream.Collectors.toUnmodifiableMap;

import java.util.Map;

/** Selects the options that share a prefix, such as those of a format or {@code kafka.*}. */
public final class PrefixedOptions {
  private PrefixedOptions() {}

  /** Returns the options that start with {@code prefix}, without it. */
  public static Map<String, String> of(Map<String, String> options, String prefix) {
    return options.entrySet().stream()
        .filter(option -> option.getKey().startsWith(prefix))
        .collect(
            toUnmodifiableMap(
                option -> option.getKey().substring(prefix.length()), Map.Entry::getValue));
  }
}
