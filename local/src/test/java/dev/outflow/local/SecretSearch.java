package dev.outflow.local;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;

/**
 * Finds texts in bytes, in any encoding in which they could leak: plain, UTF-16, part of a longer
 * text in Base64, and URL-encoded.
 *
 * @param texts the texts by the names that are reported; at least 8 characters each
 */
record SecretSearch(Map<String, String> texts) {
  private static final int MIN_LENGTH = 8;

  SecretSearch {
    texts = Map.copyOf(texts);
    texts.forEach(
        (name, text) -> {
          if (text.length() < MIN_LENGTH) {
            throw new IllegalArgumentException(name + " is too short: it would be found by chance");
          }
        });
  }

  /** Returns {@code name as form} for each text that is found. */
  TreeSet<String> foundIn(byte[] bytes) {
    String characters = new String(bytes, ISO_8859_1); // One character per byte.
    TreeSet<String> found = new TreeSet<>();
    texts.forEach(
        (name, text) ->
            forms(text)
                .forEach(
                    (form, encoded) -> {
                      if (characters.contains(encoded)) {
                        found.add(name + " as " + form);
                      }
                    }));
    return found;
  }

  /** Searches a text like {@link #foundIn(byte[])}. */
  TreeSet<String> foundIn(String text) {
    return foundIn(text.getBytes(UTF_8));
  }

  private static Map<String, String> forms(String text) {
    Map<String, String> forms = new LinkedHashMap<>();
    forms.put("plain text", new String(text.getBytes(UTF_8), ISO_8859_1));
    forms.put("UTF-16LE", new String(text.getBytes(UTF_16LE), ISO_8859_1));
    forms.put("UTF-16BE", new String(text.getBytes(UTF_16BE), ISO_8859_1));
    forms.put("part of a URL", URLEncoder.encode(text, UTF_8));
    for (int before = 0; before < 3; before++) {
      forms.put("Base64, " + before, base64(Base64.getEncoder(), before, text));
      forms.put("Base64 of URLs, " + before, base64(Base64.getUrlEncoder(), before, text));
    }
    return forms;
  }

  /**
   * Returns the Base64 of a text after {@code before} bytes that does not depend on its context.
   */
  private static String base64(Base64.Encoder encoder, int before, String text) {
    byte[] encoded = text.getBytes(UTF_8);
    byte[] all = new byte[before + encoded.length];
    System.arraycopy(encoded, 0, all, before, encoded.length);
    int begin = (before * Byte.SIZE + 5) / 6;
    return encoder.encodeToString(all).substring(begin, all.length * Byte.SIZE / 6);
  }

  /** Names only. */
  @Override
  public String toString() {
    return "SecretSearch" + new TreeSet<>(texts.keySet());
  }
}
