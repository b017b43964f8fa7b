package dev.outflow.testing.rows;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.outflow.definition.Utf8;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** The records in a file of a test case. */
public final class RecordFile {
  public static final String JSON_LINES = ".jsonl";
  public static final String CSV = ".csv";

  private RecordFile() {}

  /** Returns the whole file as a record; none if it is blank. */
  static List<CaseRecord> message(Path file) throws IOException {
    byte[] content = Files.readAllBytes(file);
    return new String(content, ISO_8859_1).isBlank()
        ? List.of()
        : List.of(CaseRecord.ofFile(content));
  }

  /**
   * Returns each line that is not blank as a record.
   *
   * @throws CharacterCodingException if the file is not UTF-8
   */
  static List<CaseRecord> lines(Path file) throws IOException {
    List<String> lines = text(file).lines().toList();
    return IntStream.range(0, lines.size())
        .filter(index -> !lines.get(index).isBlank())
        .mapToObj(index -> CaseRecord.ofLine(lines.get(index), index + 1))
        .toList();
  }

  /** Returns the lines of a file that are not blank; empty if the file cannot be read as UTF-8. */
  public static Optional<List<String>> linesIfReadable(Path file) {
    try {
      return Optional.of(lines(file).stream().map(CaseRecord::text).toList());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /**
   * Returns the text of a file.
   *
   * @throws CharacterCodingException if it is not UTF-8
   */
  static String text(Path file) throws IOException {
    return Utf8.decode(Files.readAllBytes(file));
  }

  /** Returns the message of a JSON parser without the place, which messages of files have. */
  static String withoutPlace(String message) {
    return message.lines().findFirst().orElse("").replaceFirst(" \\(start marker at .*", "");
  }
}
