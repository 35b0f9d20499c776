package dev.kysera.migrations.processor;

import dev.kysera.migrations.annotation.internal.NameRules;
import dev.kysera.migrations.annotation.internal.SumFile;
import dev.kysera.migrations.annotation.internal.SumFile.Defect;
import dev.kysera.migrations.annotation.internal.SumFile.Line;
import dev.kysera.migrations.annotation.internal.SumUpdate.Difference;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The messages about {@code migrations.sum}. */
final class SumProblems {

  /** With what the name of a module's file in a directory ends. */
  static final String SUFFIX = ".sum";

  private SumProblems() {}

  static String edited(Path file, String type, Difference difference) {
    return ("[Edited] @Migration class %s must stay as it was released; found another source than"
            + " line %d of %s was made of. Undo the edit, and make a new migration of it; %s.")
        .formatted(type, lineOf(difference), file, acceptance(difference.name()));
  }

  static String renamed(Path file, Difference difference) {
    String name = difference.name();
    String released = listed(difference).name();
    return ("[Renamed] @Migration name must stay as it was released; found \"%1$s\" on what line"
            + " %2$d of %3$s has as \"%4$s\". Write @Migration(value = \"%1$s\", formerly ="
            + " \"%4$s\").")
        .formatted(name, lineOf(difference), file, released);
  }

  static String removed(Path file, Difference difference) {
    String name = difference.name();
    return ("[Removed] @Migration \"%1$s\" must stay in the code, since it was released; found it in"
            + " line %2$d of %3$s only. Restore its class; if it has another name and another"
            + " source now, write formerly = \"%1$s\" there; %4$s.")
        .formatted(name, lineOf(difference), file, acceptance(name));
  }

  static String outOfOrder(Path file, Difference difference, SumFile sum, SumFile next) {
    String name = difference.name();
    String last = sum.lines().get(sum.lines().size() - 1).name();
    return ("[BeforeHead] @Migration name must sort behind all that is released, up to \"%s\" in"
            + " %s; found \"%s\", which is not in the file. Write it like \"%s\"; %s.")
        .formatted(
            last,
            file,
            name,
            NameRules.behindAll(name, next.lines().stream().map(Line::name).toList()),
            acceptance(name));
  }

  static String moved(Path file, Difference difference) {
    String released = listed(difference).name();
    return ("[BeforeHead] @Migration name must keep the place of \"%1$s\", which it is formerly, in"
            + " line %2$d of %3$s; found \"%4$s\", which sorts elsewhere. Write it like \"%5$s\".")
        .formatted(
            released,
            lineOf(difference),
            file,
            difference.name(),
            released.substring(0, released.indexOf('_'))
                + difference.name().substring(difference.name().indexOf('_')));
  }

  static String otherModule(Path file, SumFile sum) {
    return ("[SumFile] @Migration file %s must be that of the migrations being compiled; found none"
            + " of the %d that it lists, such as \"%s\", among them. Give the option -A%s to the"
            + " compilation of the listed ones only, not to that of the tests.")
        .formatted(file, sum.lines().size(), sum.lines().get(0).name(), ProcessorOptions.SUM);
  }

  private static String acceptance(String name) {
    return ("or, if it is meant, compile with -A%s= (no file), and run \"sum update --accept %s\" of"
            + " your command line")
        .formatted(ProcessorOptions.SUM, name);
  }

  static String broken(Path file, SumFile.Problem problem, SumFile sum) {
    String remedy =
        problem.defect() == Defect.WRONG_HEAD || problem.defect() == Defect.NO_HEAD
            ? "Restore the file from version control; if no line is missing after a merge, write"
                + " \"head %s\" there".formatted(sum.computedHead())
            : "Restore the file from version control; after a merge, keep the lines of both sides,"
                + " in the order of their numbers, and one head as the last line";
    return "[SumFile] @Migration file %s must be as \"sum update\" has written it; found that %s. %s."
        .formatted(file, problem.found(), remedy);
  }

  static String unreadable(Object file, String found) {
    return "[SumFile] @Migration file %s must be readable; found \"%s\". Mend it, or the option -A%s."
        .formatted(file, found, ProcessorOptions.SUM);
  }

  static String severalModules(Path file, List<String> modules) {
    List<String> files = new ArrayList<>();
    modules.forEach(module -> files.add(module + SUFFIX));
    return ("[Option] @Migration option -A%s must name a directory, since there are several modules;"
            + " found \"%s\". Name a directory that is there; the files in it are %s.")
        .formatted(ProcessorOptions.SUM, file, String.join(", ", files));
  }

  static String noFile(Path file) {
    return ("[SumFile] @Migration file %s is not there, so nothing counts as released. Mend the"
            + " option -A%s, or let \"sum update\" of your command line write the file.")
        .formatted(file, ProcessorOptions.SUM);
  }

  private static Line listed(Difference difference) {
    return difference.listed().orElseThrow();
  }

  private static int lineOf(Difference difference) {
    return listed(difference).number();
  }
}
