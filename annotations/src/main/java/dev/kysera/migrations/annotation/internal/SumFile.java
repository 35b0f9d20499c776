package dev.kysera.migrations.annotation.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The text of a {@code migrations.sum}: one line for each released migration, its name and its
 * fingerprints, in the order of the numbers, and as the last line {@code head} with a digest over
 * all lines before. Whoever adds a migration changes the last line, so two branches that do
 * conflict.
 *
 * <p>What is wrong with a text is part of its value: nothing here throws, reads or writes.
 */
public final class SumFile {

  /** The name of the file where nobody gave another. */
  public static final String DEFAULT_NAME = "migrations.sum";

  /** A file without migrations, as it is before it exists. */
  public static final SumFile EMPTY = of(List.of());

  /** The order in which migrations are executed. */
  static final Comparator<Line> ORDER =
      Comparator.comparingLong((Line line) -> MigrationName.numberOf(line.name()))
          .thenComparing(Line::name);

  private static final String HEAD = "head ";
  private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");
  private static final Pattern MARKER = Pattern.compile("(<{7}|\\|{7}|>{7})( .*)?|={7}");

  /**
   * A released migration.
   *
   * @param number the number of the line, the first being 1
   * @param name its name
   * @param fingerprints its fingerprints
   */
  public record Line(int number, String name, Fingerprints fingerprints) {
    @Override
    public String toString() {
      return name + " " + fingerprints;
    }

    Line at(int otherNumber) {
      return new Line(otherNumber, name, fingerprints);
    }
  }

  /** What can be wrong with a text. */
  public enum Defect {
    /** A mark of a merge that git could not make. */
    CONFLICT_MARKER,
    /** Not a name, a blank and fingerprints. */
    MALFORMED,
    /** A name that an earlier line has. */
    DUPLICATE,
    /** A migration that comes before the one in the line before. */
    UNSORTED,
    /** Something behind the last line. */
    AFTER_HEAD,
    /** The text ends without a head. */
    NO_HEAD,
    /** The head is not the digest of the lines before it. */
    WRONG_HEAD
  }

  /**
   * Something wrong with a text.
   *
   * @param line the number of the line; the one behind the last where something is missing
   * @param defect what is wrong
   * @param text the line, empty where it is missing
   */
  public record Problem(int line, Defect defect, String text) {

    /** Returns what was found, such as {@code line 3 is a conflict marker of git}. */
    public String found() {
      return switch (defect) {
        case CONFLICT_MARKER -> "line %d is a conflict marker of git".formatted(line);
        case MALFORMED ->
            "line %d is not a name, a blank and a fingerprint: %s"
                .formatted(line, Printable.quoted(text));
        case DUPLICATE -> "line %d has a name that is listed before: %s".formatted(line, name());
        case UNSORTED -> "line %d sorts before the one above it: %s".formatted(line, name());
        case AFTER_HEAD ->
            "line %d stands behind the head: %s".formatted(line, Printable.quoted(text));
        case NO_HEAD -> "the last line, the head, is missing";
        case WRONG_HEAD ->
            "line %d, the head, is not the digest of the lines above it".formatted(line);
      };
    }

    private String name() {
      return Printable.quoted(text.substring(0, text.indexOf(' ')));
    }
  }

  private final List<Line> lines;
  private final Map<String, Line> byName;
  private final Optional<String> head;
  private final List<Problem> problems;

  private SumFile(List<Line> lines, Optional<String> head, List<Problem> problems) {
    this.lines = List.copyOf(lines);
    this.byName = new HashMap<>();
    lines.forEach(line -> byName.putIfAbsent(line.name(), line));
    this.head = head;
    this.problems = List.copyOf(problems);
  }

  /**
   * Makes the file of some migrations.
   *
   * @param lines the migrations in the order of their numbers; the numbers of the lines are made
   *     anew
   * @return the file, with its head
   */
  public static SumFile of(List<Line> lines) {
    List<Line> numbered = new ArrayList<>();
    lines.forEach(line -> numbered.add(line.at(numbered.size() + 1)));
    return new SumFile(numbered, Optional.of(digest(numbered)), List.of());
  }

  /**
   * Reads a file. Line ends of Windows, a missing last line end and a byte order mark are nothing
   * wrong.
   *
   * @param text any text
   * @return what it says, with what is wrong with it
   */
  public static SumFile parse(String text) {
    return new Reader().read(text);
  }

  /** Returns the migrations as listed, without the lines that are none. */
  public List<Line> lines() {
    return lines;
  }

  /** Returns the digest in the head as written; empty if there is none. */
  public Optional<String> head() {
    return head;
  }

  /** Returns the digest that belongs into the head. */
  public String computedHead() {
    return digest(lines);
  }

  /** Returns what is wrong, in the order of the lines. */
  public List<Problem> problems() {
    return problems;
  }

  /**
   * Finds a migration.
   *
   * @param name its name
   * @return the first line that has it
   */
  public Optional<Line> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  /** Returns the text of a sound file with these migrations, its head computed. */
  public String render() {
    return body(lines) + HEAD + computedHead() + "\n";
  }

  @Override
  public String toString() {
    return render();
  }

  private static String body(List<Line> lines) {
    StringBuilder body = new StringBuilder();
    lines.forEach(line -> body.append(line).append('\n'));
    return body.toString();
  }

  private static String digest(List<Line> lines) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(body(lines).getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("Every Java platform has SHA-256", e);
    }
  }

  /** Goes over a text once. */
  private static final class Reader {

    private final List<Line> lines = new ArrayList<>();
    private final Set<String> names = new HashSet<>();
    private final List<Problem> problems = new ArrayList<>();
    private Optional<String> head = Optional.empty();
    private int headNumber;
    private boolean conflict;
    private boolean behind;

    SumFile read(String text) {
      List<String> all = (text.startsWith("\ufeff") ? text.substring(1) : text).lines().toList();
      for (int i = 0; i < all.size(); i++) {
        line(i + 1, all.get(i));
      }
      if (head.isEmpty()) {
        problems.add(new Problem(all.size() + 1, Defect.NO_HEAD, ""));
      } else if (!conflict && !behind && !head.get().equals(digest(lines))) {
        problems.add(new Problem(headNumber, Defect.WRONG_HEAD, HEAD + head.get()));
      }
      return new SumFile(lines, head, problems);
    }

    /** Both sides of a conflict have a head, which says nothing; no migration is lost. */
    private void line(int number, String text) {
      if (MARKER.matcher(text).matches()) {
        conflict = true;
        problems.add(new Problem(number, Defect.CONFLICT_MARKER, text));
        return;
      }
      boolean isHead =
          text.startsWith(HEAD) && DIGEST.matcher(text.substring(HEAD.length())).matches();
      if (head.isPresent() && !conflict && !text.isBlank()) {
        behind = true;
        problems.add(new Problem(number, Defect.AFTER_HEAD, text));
      }
      if (isHead && !behind) {
        head = Optional.of(text.substring(HEAD.length()));
        headNumber = number;
      } else if (!isHead && !(head.isPresent() && text.isBlank())) {
        migration(number, text);
      }
    }

    private void migration(int number, String text) {
      int blank = text.indexOf(' ');
      Optional<Fingerprints> fingerprints = Fingerprints.parse(text.substring(blank + 1));
      Optional<MigrationName> name = MigrationName.parse(text.substring(0, Math.max(blank, 0)));
      if (fingerprints.isEmpty() || name.isEmpty()) {
        problems.add(new Problem(number, Defect.MALFORMED, text));
        return;
      }
      Line line = new Line(number, name.get().text(), fingerprints.get());
      if (!names.add(line.name())) {
        problems.add(new Problem(number, Defect.DUPLICATE, text));
      } else if (!lines.isEmpty() && ORDER.compare(line, lines.get(lines.size() - 1)) < 0) {
        problems.add(new Problem(number, Defect.UNSORTED, text));
      }
      lines.add(line);
    }
  }
}
