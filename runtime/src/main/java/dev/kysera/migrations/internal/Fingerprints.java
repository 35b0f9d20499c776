package dev.kysera.migrations.internal;

import dev.kysera.migrations.ExecutedMigration.Verification;
import dev.kysera.migrations.MigrationDefinition;
import dev.kysera.migrations.annotation.internal.Printable;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the compiler has seen of each migration, by its position in the code. One thing may have
 * several fingerprints, by older and newer algorithms: {@code 1:…,2:…}.
 *
 * <p>A start with nothing to do reads it, so it does without streams and patterns.
 */
public final class Fingerprints {

  /** Those of migrations whose source nobody has seen. */
  public static final Fingerprints NONE = new Fingerprints(new String[0], 0);

  private static final String ABSENT = "-";

  /** The lines as they were given: they stay texts, since thousands of parts would cost memory. */
  private final String[] texts;

  /** Which text has the line of a migration. */
  private final int[] textOf;

  /** Where in it the first fingerprint of that line begins, 0 for no line. */
  private final int[] upOf;

  private boolean any;

  private Fingerprints(String[] texts, int size) {
    this.texts = texts;
    this.textOf = new int[size];
    this.upOf = new int[size];
  }

  /**
   * Reads lines of a name, a fingerprint and that of the way back.
   *
   * @param definitions the migrations, in the order of execution
   * @param texts any number of lines each, mostly in that order
   * @return the fingerprints
   * @throws IllegalArgumentException if a line is malformed or names none of the migrations
   */
  public static Fingerprints of(List<MigrationDefinition> definitions, String... texts) {
    Fingerprints read = new Fingerprints(texts.clone(), definitions.size());
    int expected = 0;
    for (int i = 0; i < texts.length; i++) {
      int start = 0;
      while (start < texts[i].length()) {
        int newline = texts[i].indexOf('\n', start);
        int end = newline < 0 ? texts[i].length() : newline;
        expected = read.add(i, start, end, definitions, expected) + 1;
        start = end + 1;
      }
    }
    return read;
  }

  /** Takes a line in. Returns the position of its migration. */
  private int add(
      int text, int start, int end, List<MigrationDefinition> definitions, int expected) {
    String lines = texts[text];
    int up = lines.indexOf(' ', start) + 1;
    int down = up == 0 ? 0 : lines.indexOf(' ', up) + 1;
    if (down == 0 || down > end) {
      throw new IllegalArgumentException(
          "A line of fingerprints needs a name and two fingerprints, with a space between; found "
              + Printable.quoted(lines.substring(start, end))
              + ".");
    }
    int position = position(lines, start, up - 1, definitions, expected);
    textOf[position] = text;
    upOf[position] = up;
    any |= !lines.startsWith(ABSENT, up);
    return position;
  }

  private static int position(
      String lines, int start, int end, List<MigrationDefinition> definitions, int expected) {
    for (int i = 0; i < definitions.size(); i++) {
      int position = (expected + i) % definitions.size();
      String name = definitions.get(position).name();
      if (name.length() == end - start && lines.startsWith(name, start)) {
        return position;
      }
    }
    throw new IllegalArgumentException(
        "A line of fingerprints names no migration of this registry; found "
            + Printable.quoted(lines.substring(start, end))
            + ".");
  }

  /** Whether there is any that tells of an edit. */
  boolean any() {
    return any;
  }

  /**
   * Returns the newest fingerprint of a migration without its way back.
   *
   * @param position which migration, -1 for none
   * @return the fingerprint, empty if it is not known
   */
  public Optional<String> newestUp(int position) {
    return newest(up(position));
  }

  /**
   * Returns the newest fingerprint of the way back of a migration.
   *
   * @param position which migration, -1 for none
   * @return the fingerprint, empty if it is not known
   */
  public Optional<String> newestDown(int position) {
    return newest(down(position));
  }

  /** What is recorded of the migration at a position. */
  Fingerprint newest(int position) {
    return new Fingerprint(newestUp(position).orElse(null), newestDown(position).orElse(null));
  }

  private static Optional<String> newest(@Nullable String entries) {
    return entries == null
        ? Optional.empty()
        : Optional.of(entries.substring(entries.lastIndexOf(',') + 1));
  }

  private boolean isKnown(int position) {
    return position >= 0 && position < upOf.length && upOf[position] > 0;
  }

  private @Nullable String up(int position) {
    return isKnown(position) ? word(texts[textOf[position]], upOf[position]) : null;
  }

  private @Nullable String down(int position) {
    if (!isKnown(position)) {
      return null;
    }
    String lines = texts[textOf[position]];
    return word(lines, lines.indexOf(' ', upOf[position]) + 1);
  }

  /** Returns the text up to the next blank or the end of the line. */
  private static @Nullable String word(String lines, int start) {
    int end = start;
    while (end < lines.length() && lines.charAt(end) != ' ' && lines.charAt(end) != '\n') {
      end++;
    }
    String word = lines.substring(start, end);
    return word.equals(ABSENT) ? null : word;
  }

  /** Says whether the migration at a position is another one than what was recorded of it. */
  boolean upDiffers(int position, @Nullable String recorded) {
    return !isOnlyUp(position, recorded) && differs(up(position), recorded);
  }

  /** The usual case at a start, without a copy of the fingerprint. */
  private boolean isOnlyUp(int position, @Nullable String recorded) {
    if (recorded == null || !isKnown(position)) {
      return false;
    }
    String lines = texts[textOf[position]];
    int end = upOf[position] + recorded.length();
    return end < lines.length()
        && lines.charAt(end) == ' '
        && lines.startsWith(recorded, upOf[position]);
  }

  /** Says the same of its way back. */
  boolean downDiffers(int position, @Nullable String recorded) {
    return differs(down(position), recorded);
  }

  /** Compares the migration at a position with what was recorded of it. */
  Verification verify(int position, @Nullable String recorded) {
    String entries = up(position);
    if (entries == null || recorded == null || entryOf(entries, recorded) < 0) {
      return Verification.UNVERIFIED;
    }
    return differs(entries, recorded) ? Verification.CHANGED : Verification.VERIFIED;
  }

  /** Only fingerprints of one algorithm can differ. */
  private static boolean differs(@Nullable String entries, @Nullable String recorded) {
    if (entries == null || recorded == null || entries.equals(recorded)) {
      return false;
    }
    int start = entryOf(entries, recorded);
    if (start < 0) {
      return false;
    }
    int comma = entries.indexOf(',', start);
    int end = comma < 0 ? entries.length() : comma;
    return end - start != recorded.length() || !entries.startsWith(recorded, start);
  }

  /** Finds the entry of the same algorithm. Returns where it begins, -1 if there is none. */
  private static int entryOf(String entries, String recorded) {
    int colon = recorded.indexOf(':');
    if (colon < 0) {
      return -1;
    }
    String algorithm = recorded.substring(0, colon + 1);
    int start = 0;
    while (!entries.startsWith(algorithm, start)) {
      int comma = entries.indexOf(',', start);
      if (comma < 0) {
        return -1;
      }
      start = comma + 1;
    }
    return start;
  }
}
