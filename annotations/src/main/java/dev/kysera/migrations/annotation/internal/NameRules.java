package dev.kysera.migrations.annotation.internal;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The rules about migration names, one by one and as a set: {@code Name}, {@code DuplicateName},
 * {@code DuplicateNumber} and {@code Width}; and beside those of other modules, {@code
 * SharedNumber}. The compiler and {@code MigrationRegistry.builder()} both judge by them, with the
 * same texts.
 */
public final class NameRules {

  /**
   * Somebody who bears a name.
   *
   * @param name the name as written, well-formed or not
   * @param bearer who bears it, as messages call it, such as a class name
   */
  public record NamedMigration(String name, String bearer) {}

  private record Party(int position, NamedMigration migration, MigrationName name) {
    String quoted() {
      return Printable.quoted(name.text()) + " (" + migration.bearer() + ")";
    }
  }

  private static final int SUGGESTED_LENGTH = 60;

  private final Map<Integer, String> problems = new TreeMap<>();

  private final FreeNumbers freeNumbers;

  private NameRules(List<Party> wellFormed) {
    this.freeNumbers = new FreeNumbers(wellFormed.stream().map(Party::name).toList());
  }

  /**
   * Judges a set of migrations.
   *
   * @param migrations the migrations, in any order
   * @return what is wrong: position in {@code migrations} to message, one message at most for each;
   *     empty if all is well
   */
  public static Map<Integer, String> check(List<NamedMigration> migrations) {
    List<Party> parties = wellFormed(migrations);
    NameRules rules = new NameRules(parties);
    rules.malformed(migrations, parties);
    rules.uniqueNames(parties);
    rules.sameOrderAsText(rules.uniqueNumbers(parties));
    return rules.problems;
  }

  /**
   * Gives a migration a number behind all others.
   *
   * @param name its well formed name
   * @param names the names of all, well formed
   * @return its name with the new number
   */
  public static String behindAll(String name, Collection<String> names) {
    List<MigrationName> all =
        names.stream().map(MigrationName::parse).flatMap(Optional::stream).toList();
    return new FreeNumbers(all).take("") + name.substring(name.indexOf('_'));
  }

  /**
   * Judges migrations beside those of other modules that share their history.
   *
   * @param own the migrations, in any order
   * @param others those of the other modules
   * @return what is wrong: position in {@code own} to message; empty if all is well
   */
  public static Map<Integer, String> checkShared(
      List<NamedMigration> own, List<NamedMigration> others) {
    List<Party> parties = wellFormed(own);
    List<Party> theirs = wellFormed(others);
    List<Party> all = new ArrayList<>(parties);
    all.addAll(theirs);
    NameRules rules = new NameRules(all);
    Map<Long, List<Party>> byNumber = new TreeMap<>();
    theirs.forEach(p -> byNumber.computeIfAbsent(p.name().number(), n -> new ArrayList<>()).add(p));
    parties.sort(Comparator.comparing(Party::name));
    for (Party party : parties) {
      List<Party> alike = byNumber.get(party.name().number());
      if (alike != null) {
        rules.problems.put(party.position(), rules.sharedNumber(party, alike));
      }
    }
    return rules.problems;
  }

  private String sharedNumber(Party party, List<Party> theirs) {
    List<Party> bearers = new ArrayList<>(theirs);
    bearers.add(party);
    return ("[SharedNumber] @Migration number must be unique among the modules that share a history;"
            + " found %s in %s. %s")
        .formatted(
            party.name().number(),
            sorted(bearers).map(Party::quoted).collect(joining(" and ")),
            renumber(party, freeNumbers.take("")));
  }

  private static List<Party> wellFormed(List<NamedMigration> migrations) {
    List<Party> parties = new ArrayList<>();
    for (int i = 0; i < migrations.size(); i++) {
      int position = i;
      NamedMigration migration = migrations.get(i);
      Optional<MigrationName> name = MigrationName.parse(migration.name());
      name.ifPresent(wellFormed -> parties.add(new Party(position, migration, wellFormed)));
    }
    return parties;
  }

  private void malformed(List<NamedMigration> migrations, List<Party> wellFormed) {
    Set<Integer> positions = new HashSet<>();
    wellFormed.forEach(party -> positions.add(party.position()));
    for (int i = 0; i < migrations.size(); i++) {
      if (!positions.contains(i)) {
        problems.put(i, malformed(migrations.get(i).name()));
      }
    }
  }

  private void uniqueNames(List<Party> parties) {
    for (List<Party> bearers : groupsBy(parties, p -> p.name().text().toLowerCase(Locale.ROOT))) {
      if (bearers.size() > 1) {
        String message = duplicateName(bearers);
        bearers.forEach(party -> problems.put(party.position(), message));
      }
    }
  }

  /** A migration whose name is doubled still holds its number against the others. */
  private List<Party> uniqueNumbers(List<Party> parties) {
    List<Party> ordered = new ArrayList<>();
    for (List<Party> bearers : groupsBy(parties, p -> p.name().number())) {
      if (bearers.size() == 1) {
        ordered.addAll(bearers);
      } else {
        List<Party> alike =
            bearers.stream().filter(party -> !problems.containsKey(party.position())).toList();
        if (!alike.isEmpty()) {
          String free = freeNumbers.take("");
          alike.forEach(
              party -> problems.put(party.position(), duplicateNumber(party, bearers, free)));
        }
      }
    }
    ordered.sort(Comparator.comparing(Party::name));
    return ordered;
  }

  /** Neighbours suffice: where each pair agrees, the whole order does. */
  private void sameOrderAsText(List<Party> ordered) {
    for (int i = 1; i < ordered.size(); i++) {
      Party earlier = ordered.get(i - 1);
      Party later = ordered.get(i);
      boolean startsTimestamps = !earlier.name().isTimestamp() && later.name().isTimestamp();
      if (!startsTimestamps && earlier.name().text().compareTo(later.name().text()) > 0) {
        String message = width(earlier, later);
        problems.putIfAbsent(earlier.position(), message);
        problems.putIfAbsent(later.position(), message);
      }
    }
  }

  private static <K> Collection<List<Party>> groupsBy(List<Party> parties, Function<Party, K> key) {
    Map<K, List<Party>> groups = new LinkedHashMap<>();
    for (Party party : parties) {
      groups.computeIfAbsent(key.apply(party), k -> new ArrayList<>()).add(party);
    }
    return groups.values();
  }

  private String malformed(String name) {
    if (name.length() > MigrationName.MAX_LENGTH) {
      return "[Name] @Migration name must have at most %d characters; found %d in %s. Shorten it."
          .formatted(MigrationName.MAX_LENGTH, name.length(), Printable.quoted(name));
    }
    return ("[Name] @Migration name must be a number of 1 to %d digits, an underscore, a letter or"
            + " digit, and then letters, digits, \"_\" or \"-\"; found %s. Write it like \"%s\".")
        .formatted(MigrationName.MAX_DIGITS, Printable.quoted(name), suggestion(name));
  }

  private String duplicateName(List<Party> bearers) {
    Set<String> spellings = new HashSet<>();
    bearers.forEach(party -> spellings.add(party.name().text()));
    String found =
        spellings.size() == 1
            ? Printable.quoted(bearers.get(0).name().text())
                + " on "
                + sorted(bearers).map(p -> p.migration().bearer()).collect(joining(" and "))
            : sorted(bearers).map(Party::quoted).collect(joining(" and "));
    return ("[DuplicateName] @Migration name must be unique, upper and lower case being the same;"
            + " found %s. %s")
        .formatted(found, renumber(bearers.get(0), freeNumbers.take("")));
  }

  private static String duplicateNumber(Party party, List<Party> bearers, String free) {
    return ("[DuplicateNumber] @Migration number must be unique, since it decides the order; found"
            + " %s in %s. %s")
        .formatted(
            bearers.get(0).name().number(),
            sorted(bearers).map(Party::quoted).collect(joining(" and ")),
            renumber(party, free));
  }

  /** The name of a migration that was executed somewhere must not change. */
  private static String renumber(Party party, String free) {
    return "Give the newer one the next free number, like \"%s_%s\"."
        .formatted(free, party.name().slug());
  }

  private static String width(Party earlier, Party later) {
    return ("[Width] @Migration names must sort the same as text and by number; found %s, which as"
            + " text comes after %s. %s")
        .formatted(earlier.quoted(), later.quoted(), widthRemedy(earlier.name(), later.name()));
  }

  /**
   * Names that were executed somewhere must not change, so the remedy renames the later one where a
   * sequence is used up, and pads the shorter one only where its neighbour is padded already.
   */
  private static String widthRemedy(MigrationName earlier, MigrationName later) {
    int width = Math.max(earlier.digits().length(), later.digits().length());
    boolean usedUp = earlier.digits().chars().allMatch(c -> c == '9');
    if (usedUp && later.digits().charAt(0) != '0') {
      return ("The numbers of %d digits are used up: continue with a timestamp, like"
              + " \"%s_%s\", or pad the earlier numbers if none was executed yet.")
          .formatted(earlier.digits().length(), FreeNumbers.TIMESTAMP, later.slug());
    }
    return "Write both numbers with %d digits, like %s and %s."
        .formatted(
            width,
            Printable.quoted(padded(earlier, width)),
            Printable.quoted(padded(later, width)));
  }

  private static String padded(MigrationName name, int width) {
    return "0".repeat(width - name.digits().length()) + name.text();
  }

  private static Stream<Party> sorted(List<Party> parties) {
    return parties.stream()
        .sorted(
            Comparator.comparing((Party p) -> p.migration().bearer())
                .thenComparing(p -> p.name().text()));
  }

  /**
   * Builds a valid name from what a malformed one says: its first digits, if they are free, and its
   * words. The {@code V} of other tools' version numbers is dropped.
   */
  private String suggestion(String name) {
    String plain = name.replaceFirst("^[vV](?=[0-9])", "");
    String digits = plain.replaceFirst("(?s)^[^0-9]*([0-9]{1,18}).*$", "$1");
    boolean numbered = digits.matches("[0-9]{1,18}");
    String words = numbered ? plain.replaceFirst("[0-9]{1,18}", "") : plain;
    String slug =
        words
            .replaceAll("([a-z0-9])([A-Z])", "$1_$2")
            .toLowerCase(Locale.ROOT)
            .replaceAll("[^a-z0-9]+", "_")
            .replaceFirst("^_", "");
    String shortSlug =
        slug.substring(0, Math.min(slug.length(), SUGGESTED_LENGTH)).replaceFirst("_$", "");
    return freeNumbers.take(numbered ? digits : "")
        + "_"
        + (shortSlug.isEmpty() ? "create_users" : shortSlug);
  }
}
