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
 * Finds texts in bytes, in each form in which they could have got there: as they are, in UTF-16,
 * within a longer text in Base64, and encoded for a URL.
 *
 * @param texts by what they are called in the answer; each has 8 characters at least
 */
record SecretSearch(Map<String, String> texts) {
  private static final int SHORTEST = 8;

  SecretSearch {
    texts = Map.copyOf(texts);
    texts.forEach(
        (name, text) -> {
          if (text.length() < SHORTEST) {
            throw new IllegalArgumentException(name + " is so short that it is found by chance");
          }
        });
  }

  /** {@code name as form} of all that is there. */
  TreeSet<String> foundIn(byte[] where) {
    String characters = new String(where, ISO_8859_1); // One for each byte: search is a text's.
    TreeSet<String> found = new TreeSet<>();
    texts.forEach(
        (name, text) ->
            forms(text)
                .forEach(
                    (form, bytes) -> {
                      if (characters.contains(bytes)) {
                        found.add(name + " as " + form);
                      }
                    }));
    return found;
  }

  /** As {@link #foundIn(byte[])}. */
  TreeSet<String> foundIn(String where) {
    return foundIn(where.getBytes(UTF_8));
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

  /** What Base64 makes of a text behind {@code before} bytes, whatever is before and after it. */
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
