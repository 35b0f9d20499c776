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
  public static final Fingerprints NONE = new Fingerprints(new String[0], new String[0]);

  private static final String ABSENT = "-";

  private final @Nullable String[] ups;
  private final @Nullable String[] downs;

  private Fingerprints(@Nullable String[] ups, @Nullable String[] downs) {
    this.ups = ups;
    this.downs = downs;
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
    Fingerprints read =
        new Fingerprints(new String[definitions.size()], new String[definitions.size()]);
    int expected = 0;
    for (String text : texts) {
      int start = 0;
      while (start < text.length()) {
        int newline = text.indexOf('\n', start);
        int end = newline < 0 ? text.length() : newline;
        expected = read.add(text.substring(start, end), definitions, expected);
        start = end + 1;
      }
    }
    return read;
  }

  /** Takes a line in. Returns where the next one is expected. */
  private int add(String line, List<MigrationDefinition> definitions, int expected) {
    int up = line.indexOf(' ') + 1;
    int down = up == 0 ? 0 : line.indexOf(' ', up) + 1;
    if (down == 0) {
      throw new IllegalArgumentException(
          "A line of fingerprints needs a name and two fingerprints, with a space between; found "
              + Printable.quoted(line)
              + ".");
    }
    int rest = line.indexOf(' ', down);
    int position = position(line.substring(0, up - 1), definitions, expected);
    ups[position] = known(line.substring(up, down - 1));
    downs[position] = known(line.substring(down, rest < 0 ? line.length() : rest));
    return position + 1;
  }

  private static int position(String name, List<MigrationDefinition> definitions, int expected) {
    for (int i = 0; i < definitions.size(); i++) {
      int position = (expected + i) % definitions.size();
      if (definitions.get(position).name().equals(name)) {
        return position;
      }
    }
    throw new IllegalArgumentException(
        "A line of fingerprints names no migration of this registry; found "
            + Printable.quoted(name)
            + ".");
  }

  private static @Nullable String known(String text) {
    return text.equals(ABSENT) ? null : text;
  }

  /** Whether there is any that tells of an edit. */
  boolean any() {
    for (String up : ups) {
      if (up != null) {
        return true;
      }
    }
    return false;
  }

  /**
   * Returns the newest fingerprint of a migration without its way back.
   *
   * @param position which migration, -1 for none
   * @return the fingerprint, empty if it is not known
   */
  public Optional<String> newestUp(int position) {
    return newest(ups, position);
  }

  /**
   * Returns the newest fingerprint of the way back of a migration.
   *
   * @param position which migration, -1 for none
   * @return the fingerprint, empty if it is not known
   */
  public Optional<String> newestDown(int position) {
    return newest(downs, position);
  }

  /** What is recorded of the migration at a position. */
  Fingerprint newest(int position) {
    return new Fingerprint(
        newest(ups, position).orElse(null), newest(downs, position).orElse(null));
  }

  private static Optional<String> newest(@Nullable String[] all, int position) {
    String entries = at(all, position);
    return entries == null
        ? Optional.empty()
        : Optional.of(entries.substring(entries.lastIndexOf(',') + 1));
  }

  private static @Nullable String at(@Nullable String[] all, int position) {
    return position < 0 || position >= all.length ? null : all[position];
  }

  /** Says whether the migration at a position is another one than what was recorded of it. */
  boolean upDiffers(int position, @Nullable String recorded) {
    return differs(at(ups, position), recorded);
  }

  /** Says the same of its way back. */
  boolean downDiffers(int position, @Nullable String recorded) {
    return differs(at(downs, position), recorded);
  }

  /** Compares the migration at a position with what was recorded of it. */
  Verification verify(int position, @Nullable String recorded) {
    String entries = at(ups, position);
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
