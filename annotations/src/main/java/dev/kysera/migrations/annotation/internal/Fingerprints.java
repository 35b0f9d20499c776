package dev.kysera.migrations.annotation.internal;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The fingerprints of one migration, one for each algorithm, written such as {@code 1:<hex>,
 * 2:<hex>} without the blank: oldest first. Those of different algorithms say nothing about each
 * other.
 *
 * @param entries the fingerprints with their algorithms, none if the source was not seen
 */
public record Fingerprints(List<Entry> entries) {

  /** What is written in place of the fingerprints of a source that was not seen. */
  public static final String UNVERIFIED = "unverified";

  /** None: the source was not seen. */
  public static final Fingerprints NONE = new Fingerprints(List.of());

  private static final Pattern ENTRY = Pattern.compile("[1-9][0-9]{0,3}:[0-9a-f]{64}");

  /**
   * One fingerprint.
   *
   * @param algorithm the number of the algorithm
   * @param digest its result
   */
  public record Entry(int algorithm, String digest) {
    @Override
    public String toString() {
      return algorithm + ":" + digest;
    }
  }

  /** What two fingerprints say about two sources. */
  public enum Agreement {
    /** The newest algorithm that both have gives the same result. */
    SAME,
    /** The newest algorithm that both have gives another result. */
    DIFFERENT,
    /** They have no algorithm in common. */
    UNKNOWN
  }

  /** Puts the entries into the order of their algorithms. */
  public Fingerprints {
    entries = entries.stream().sorted(Comparator.comparingInt(Entry::algorithm)).toList();
  }

  /**
   * Reads fingerprints.
   *
   * @param text any text
   * @return the fingerprints, none for {@value #UNVERIFIED}; empty if the text is neither
   */
  public static Optional<Fingerprints> parse(String text) {
    if (text.equals(UNVERIFIED)) {
      return Optional.of(NONE);
    }
    List<Entry> entries = new ArrayList<>();
    for (String entry : text.split(",", -1)) {
      if (!ENTRY.matcher(entry).matches()) {
        return Optional.empty();
      }
      int colon = entry.indexOf(':');
      int algorithm = Integer.parseInt(entry.substring(0, colon));
      if (!entries.isEmpty() && entries.get(entries.size() - 1).algorithm() >= algorithm) {
        return Optional.empty();
      }
      entries.add(new Entry(algorithm, entry.substring(colon + 1)));
    }
    return Optional.of(new Fingerprints(entries));
  }

  /**
   * Compares by the newest algorithm that both have.
   *
   * @param other the fingerprints of the same migration elsewhere
   * @return what is known
   */
  public Agreement compare(Fingerprints other) {
    for (int i = entries.size() - 1; i >= 0; i--) {
      Entry mine = entries.get(i);
      for (Entry theirs : other.entries) {
        if (theirs.algorithm() == mine.algorithm()) {
          return theirs.equals(mine) ? Agreement.SAME : Agreement.DIFFERENT;
        }
      }
    }
    return Agreement.UNKNOWN;
  }

  /**
   * Adds those of newer algorithms; what is there stays, for those who have an older version.
   *
   * @param newer the fingerprints of the same source
   * @return all of this and the newer ones
   */
  Fingerprints completedBy(Fingerprints newer) {
    int last = entries.isEmpty() ? 0 : entries.get(entries.size() - 1).algorithm();
    List<Entry> all = new ArrayList<>(entries);
    newer.entries.stream().filter(entry -> entry.algorithm() > last).forEach(all::add);
    return new Fingerprints(all);
  }

  /** Returns the text that {@link #parse} reads. */
  @Override
  public String toString() {
    return entries.isEmpty()
        ? UNVERIFIED
        : entries.stream().map(Entry::toString).collect(joining(","));
  }
}
