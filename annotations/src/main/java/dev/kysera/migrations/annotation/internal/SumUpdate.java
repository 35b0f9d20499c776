package dev.kysera.migrations.annotation.internal;

import dev.kysera.migrations.annotation.internal.Fingerprints.Agreement;
import dev.kysera.migrations.annotation.internal.SumFile.Defect;
import dev.kysera.migrations.annotation.internal.SumFile.Line;
import dev.kysera.migrations.annotation.internal.SumFile.Problem;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the code makes of a {@link SumFile}: the differences between the two, and the file that
 * follows from them.
 *
 * @param next the file as it should be if nothing is refused, of all the migrations in the code
 * @param changes what leads from the file to {@code next} and needs no consent, or has it
 * @param refused what needs a consent that was not given
 * @param unreadable the malformed lines, which nobody can decide about; while there are any, or
 *     anything is refused, nothing may be written
 * @param mended what else is wrong with the file, and is not with {@code next}
 */
public record SumUpdate(
    SumFile next,
    List<Difference> changes,
    List<Difference> refused,
    List<Problem> unreadable,
    List<Problem> mended) {

  /**
   * A migration as the code has it.
   *
   * @param name its name
   * @param fingerprints its fingerprints, none if its source was not seen
   * @param formerly the names it had before
   */
  public record Declared(String name, Fingerprints fingerprints, List<String> formerly) {
    /**
     * Returns a migration whose fingerprints are a text.
     *
     * @param fingerprints what {@link Fingerprints#parse} reads; anything else counts as none
     */
    public static Declared of(String name, String fingerprints, List<String> formerly) {
      return new Declared(
          name, Fingerprints.parse(fingerprints).orElse(Fingerprints.NONE), formerly);
    }

    /** Copies the list. */
    public Declared {
      formerly = List.copyOf(formerly);
    }
  }

  /** How file and code can differ. */
  public enum Kind {
    /** The code has one more, behind all that are listed. */
    NEW(false),
    /** The code has a fingerprint of a newer algorithm, or the first one. */
    COMPLETED(false),
    /** The code says that a listed one was renamed. */
    RENAMED(false),
    /** The code has one more, before the last that is listed; or a renamed one changed places. */
    OUT_OF_ORDER(true),
    /** A listed one has another fingerprint in the code. */
    EDITED(true),
    /** A listed one is not in the code, but another has its fingerprint. */
    RENAMED_SILENTLY(true),
    /** A listed one is not in the code. */
    REMOVED(true);

    private final boolean needsConsent;

    Kind(boolean needsConsent) {
      this.needsConsent = needsConsent;
    }

    /** Returns whether it changes what was released. */
    public boolean needsConsent() {
      return needsConsent;
    }
  }

  /**
   * One difference.
   *
   * @param kind how they differ
   * @param listed the line; empty if the file has none
   * @param declared the migration in the code; empty if it has none
   */
  public record Difference(Kind kind, Optional<Line> listed, Optional<Declared> declared) {

    /** Returns the name in the code, or the listed one if the code has none. */
    public String name() {
      return declared.map(Declared::name).or(() -> listed.map(Line::name)).orElseThrow();
    }

    /** Returns what was found, beginning with the name. */
    public String found() {
      String name = Printable.quoted(name());
      String listedName = listed.map(line -> Printable.quoted(line.name())).orElse("");
      int line = listed.map(Line::number).orElse(0);
      return switch (kind) {
        case NEW -> name + " is not listed yet";
        case COMPLETED -> "%s has fingerprints that line %d lacks".formatted(name, line);
        case RENAMED -> "%s was formerly %s of line %d".formatted(name, listedName, line);
        case OUT_OF_ORDER ->
            listed.isEmpty()
                ? name + " is not listed, and sorts before a listed one"
                : "%s was formerly %s of line %d, and sorts elsewhere"
                    .formatted(name, listedName, line);
        case EDITED -> "%s was edited: line %d has another fingerprint".formatted(name, line);
        case RENAMED_SILENTLY ->
            "%s has the fingerprint of %s of line %d".formatted(name, listedName, line);
        case REMOVED -> "%s of line %d is not in the code".formatted(name, line);
      };
    }

    /**
     * Returns what gives back what was released, in a sentence without its end; empty if nothing
     * needs to be done.
     */
    public String remedy() {
      String listedName = listed.map(Line::name).orElse("");
      return switch (kind) {
        case NEW, COMPLETED, RENAMED -> "";
        case OUT_OF_ORDER ->
            listed.isEmpty()
                ? "Give it a number behind all that are listed"
                : "Give it back the number of " + Printable.quoted(listedName);
        case EDITED -> "Undo the edit, and make the change in a new migration";
        case RENAMED_SILENTLY ->
            "Give it back its name, or add formerly = \"%s\" to its @Migration"
                .formatted(listedName);
        case REMOVED -> "Bring its class back";
      };
    }

    /**
     * Returns the edit of the file that takes the code for right, in a sentence without its end;
     * the head that does not fit then is mended by an update. Empty if an update makes it by
     * itself.
     */
    public String byHand() {
      if (!kind.needsConsent()) {
        return "";
      }
      if (declared.isEmpty()) {
        return "delete line " + listed.orElseThrow().number();
      }
      Fingerprints own = declared.get().fingerprints();
      String line =
          declared.get().name()
              + " "
              + listed
                  .map(Line::fingerprints)
                  .filter(known -> known.compare(own) != Agreement.DIFFERENT)
                  .map(known -> known.completedBy(own))
                  .orElse(own);
      return listed
          .map(l -> "write line %d as %s".formatted(l.number(), line))
          .orElse("add the line " + line);
    }

    /** Returns whether somebody meant this difference by that name. */
    private boolean isNamed(Collection<String> names) {
      return names.contains(name()) || listed.filter(l -> names.contains(l.name())).isPresent();
    }
  }

  /** Copies the lists. */
  public SumUpdate {
    changes = List.copyOf(changes);
    refused = List.copyOf(refused);
    unreadable = List.copyOf(unreadable);
    mended = List.copyOf(mended);
  }

  /**
   * Compares a file with the code.
   *
   * @param file the file
   * @param declared all migrations of the code, in the order of their numbers
   * @param accepted names, listed or of the code, whose differences have the consent of somebody
   * @return what follows
   */
  public static SumUpdate of(SumFile file, List<Declared> declared, Collection<String> accepted) {
    List<Difference> changes = new ArrayList<>();
    List<Difference> refused = new ArrayList<>();
    Comparison comparison = new Comparison(file, declared);
    for (Difference difference : comparison.differences()) {
      boolean agreed = !difference.kind().needsConsent() || difference.isNamed(accepted);
      (agreed ? changes : refused).add(difference);
    }
    List<Problem> unreadable = new ArrayList<>();
    List<Problem> mended = new ArrayList<>();
    for (Problem problem : file.problems()) {
      (problem.defect() == Defect.MALFORMED ? unreadable : mended).add(problem);
    }
    return new SumUpdate(comparison.next(), changes, refused, unreadable, mended);
  }

  /** Returns whether the next file may be written. */
  public boolean isAllowed() {
    return refused.isEmpty() && unreadable.isEmpty();
  }

  /** Returns whether the file is as it should be. */
  public boolean isCurrent() {
    return isAllowed() && changes.isEmpty() && mended.isEmpty();
  }

  /** Returns the lines that stand in the way of an update, empty if it is allowed. */
  public List<Problem> obstacles() {
    return isAllowed() || !unreadable.isEmpty() ? unreadable : markers();
  }

  private List<Problem> markers() {
    return mended.stream().filter(p -> p.defect() == Defect.CONFLICT_MARKER).toList();
  }

  /**
   * Returns what to do about the obstacles, in a sentence without its end. In a merge, the lines of
   * those who were first must stay first.
   *
   * @param file the path of the file
   */
  public String remedy(String file) {
    if (!markers().isEmpty()) {
      return "Take the file of the branch that was first, git checkout --theirs %s in a merge of it, --ours in a rebase onto it"
          .formatted(file);
    }
    return "Mend %s, or take the committed file, git checkout %s"
        .formatted(unreadable.size() == 1 ? "that line" : "these lines", file);
  }

  /** Goes over both sides once. */
  private static final class Comparison {

    private final SumFile file;
    private final List<Declared> declared;
    private final Map<String, Declared> byName = new LinkedHashMap<>();
    private final Map<String, Declared> byFormerName = new HashMap<>();
    private final Map<String, Line> lineOf = new HashMap<>();
    private final Optional<Line> lastListed;
    private final List<Difference> differences = new ArrayList<>();

    Comparison(SumFile file, List<Declared> declared) {
      this.file = file;
      this.declared = List.copyOf(declared);
      this.lastListed = file.lines().stream().max(SumFile.ORDER);
      for (Declared migration : declared) {
        byName.put(migration.name(), migration);
        migration.formerly().forEach(name -> byFormerName.putIfAbsent(name, migration));
      }
    }

    /** First what is listed, in the order of the lines, then what is not, in that of the code. */
    List<Difference> differences() {
      file.lines().forEach(this::listed);
      renamedToAnotherPlace();
      declared.stream().filter(m -> !lineOf.containsKey(m.name())).forEach(this::notListed);
      return differences;
    }

    private void listed(Line line) {
      Declared same = byName.get(line.name());
      if (same != null) {
        compare(line, same);
        return;
      }
      Declared renamed = byFormerName.get(line.name());
      if (renamed != null) {
        add(Kind.RENAMED, line, renamed);
        compare(line, renamed);
        return;
      }
      Optional<Declared> alike =
          declared.stream()
              .filter(m -> file.find(m.name()).isEmpty() && !lineOf.containsKey(m.name()))
              .filter(m -> line.fingerprints().compare(m.fingerprints()) == Agreement.SAME)
              .findFirst();
      if (alike.isPresent()) {
        add(Kind.RENAMED_SILENTLY, line, alike.get());
        lineOf.put(alike.get().name(), line);
      } else {
        differences.add(new Difference(Kind.REMOVED, Optional.of(line), Optional.empty()));
      }
    }

    private void compare(Line line, Declared migration) {
      if (line.fingerprints().compare(migration.fingerprints()) == Agreement.DIFFERENT) {
        add(Kind.EDITED, line, migration);
      } else if (!line.fingerprints()
          .completedBy(migration.fingerprints())
          .equals(line.fingerprints())) {
        add(Kind.COMPLETED, line, migration);
      }
      lineOf.putIfAbsent(migration.name(), line);
    }

    /** A new name with another number must not change the order of what was released. */
    private void renamedToAnotherPlace() {
      for (Declared migration : declared) {
        Line line = lineOf.get(migration.name());
        if (line != null && !line.name().equals(migration.name())) {
          Line moved = new Line(line.number(), migration.name(), line.fingerprints());
          if (file.lines().stream().anyMatch(other -> isBetween(other, line, moved))) {
            add(Kind.OUT_OF_ORDER, line, migration);
          }
        }
      }
    }

    private static boolean isBetween(Line other, Line line, Line moved) {
      return !other.name().equals(line.name())
          && !other.name().equals(moved.name())
          && SumFile.ORDER.compare(line, other) < 0 != SumFile.ORDER.compare(moved, other) < 0;
    }

    private void notListed(Declared migration) {
      Line line = new Line(0, migration.name(), migration.fingerprints());
      boolean last = lastListed.isEmpty() || SumFile.ORDER.compare(lastListed.get(), line) < 0;
      differences.add(
          new Difference(
              last ? Kind.NEW : Kind.OUT_OF_ORDER, Optional.empty(), Optional.of(migration)));
    }

    private void add(Kind kind, Line line, Declared migration) {
      differences.add(new Difference(kind, Optional.of(line), Optional.of(migration)));
    }

    /** What the code has, with what only the file knows about the same source. */
    SumFile next() {
      List<Line> lines = new ArrayList<>();
      for (Declared migration : declared) {
        Fingerprints own = migration.fingerprints();
        Line line = lineOf.get(migration.name());
        boolean edited = line != null && line.fingerprints().compare(own) == Agreement.DIFFERENT;
        lines.add(
            new Line(
                0,
                migration.name(),
                line == null || edited ? own : line.fingerprints().completedBy(own)));
      }
      return SumFile.of(lines);
    }
  }
}
