package dev.kysera.migrations.processor.fingerprint;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Thousands of edits, each of which must be seen where it is made, and nowhere else. */
class EditsTest {

  /** Each so many edits one is tried, as compiling takes its time. */
  private static final int STEP = 15;

  /**
   * Where a migration lies in its file, as the compiler says.
   *
   * @param body the class
   * @param down its method, empty if there is none
   * @param names the values that are its names
   */
  private record Place(Span body, Span down, List<Span> names) {}

  private record Span(int from, int to) {

    static final Span NONE = new Span(-1, -1);

    boolean holds(Mutations.Edit edit) {
      return from <= edit.from() && edit.to() <= to;
    }
  }

  private static final class Places extends TreePathScanner<Void, String> {

    private final SortedMap<String, Place> places = new TreeMap<>();
    private final CompilationUnitTree unit;
    private final SourcePositions positions;

    Places(CompilationUnitTree unit, SourcePositions positions) {
      this.unit = unit;
      this.positions = positions;
    }

    static SortedMap<String, Place> of(Corpus.Source source) {
      JavacTask task =
          (JavacTask)
              ToolProvider.getSystemJavaCompiler()
                  .getTask(null, null, null, List.of("-proc:none"), null, List.of(source));
      try {
        CompilationUnitTree unit = task.parse().iterator().next();
        Places places = new Places(unit, Trees.instance(task).getSourcePositions());
        places.scan(new TreePath(unit), "");
        return places.places;
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }

    private Span span(com.sun.source.tree.Tree tree) {
      return new Span(
          (int) positions.getStartPosition(unit, tree), (int) positions.getEndPosition(unit, tree));
    }

    @Override
    public Void visitClass(ClassTree tree, String around) {
      String name =
          around.isEmpty() ? tree.getSimpleName().toString() : around + "." + tree.getSimpleName();
      for (AnnotationTree annotation : tree.getModifiers().getAnnotations()) {
        if (annotation.getAnnotationType().toString().endsWith("Migration")) {
          places.put(name, new Place(span(tree), down(tree), names(annotation)));
        }
      }
      return super.visitClass(tree, name);
    }

    private Span down(ClassTree tree) {
      return tree.getMembers().stream()
          .filter(MethodTree.class::isInstance)
          .map(MethodTree.class::cast)
          .filter(method -> method.getName().contentEquals("down"))
          .filter(method -> method.getParameters().size() == 1)
          .filter(
              method ->
                  method.getParameters().get(0).getType().toString().matches("(.*\\.)?Handle"))
          .map(this::span)
          .findFirst()
          .orElse(Span.NONE);
    }

    private List<Span> names(AnnotationTree annotation) {
      List<Span> names = new ArrayList<>();
      for (ExpressionTree argument : annotation.getArguments()) {
        if (!(argument instanceof AssignmentTree element)) {
          names.add(span(argument));
        } else if (element.getVariable().toString().matches("value|formerly")) {
          names.add(span(element.getExpression()));
        }
      }
      return names;
    }
  }

  /** An edit of one file, which is compiled in a package of its own. */
  private record Variant(String packageName, Corpus.Source original, Mutations.Edit edit) {

    Corpus.Source source() {
      String name = original.getName();
      return new Corpus.Source(
          packageName + name.substring(name.lastIndexOf('/'), name.lastIndexOf('.')),
          edit.appliedTo(original.text())
              .replaceFirst("package " + Corpus.PACKAGE, "package " + packageName)
              .replace("import static " + Corpus.PACKAGE, "import static " + packageName));
    }

    /** What is around the migrations may be a constant; and a renamed method is another one. */
    boolean isIn(Collection<Place> places) {
      String edited = original.text().substring(edit.from(), edit.to());
      return !edited.equals("down") && places.stream().anyMatch(place -> place.body().holds(edit));
    }

    @Override
    public String toString() {
      String text = original.text();
      return "%s: %s[%s -> %s]%s"
          .formatted(
              original.getName(),
              text.substring(Math.max(edit.from() - 30, 0), edit.from()),
              text.substring(edit.from(), edit.to()),
              edit.with(),
              text.substring(edit.to(), Math.min(edit.to() + 20, text.length())));
    }
  }

  private static final List<Corpus.Source> CORPUS = Corpus.sources();
  private static final SortedMap<String, SourceFingerprints> ORIGINAL =
      CompiledMigrations.of(CORPUS).fingerprints();

  @Test
  void edit_ofAWord_changesTheFingerprintOfItsPlaceAlone() {
    List<Variant> variants = variants();
    SortedMap<String, SourceFingerprints> edited = fingerprints(variants);

    List<String> wrong = new ArrayList<>();
    int judged = 0;
    Map<Corpus.Source, SortedMap<String, Place>> places = new IdentityHashMap<>();
    for (Variant variant : variants) {
      SortedMap<String, Place> inFile = places.computeIfAbsent(variant.original(), Places::of);
      for (var migration : inFile.entrySet()) {
        SourceFingerprints after = edited.get(variant.packageName() + "." + migration.getKey());
        if (after != null && variant.isIn(inFile.values())) {
          SourceFingerprints before = ORIGINAL.get(Corpus.PACKAGE + "." + migration.getKey());
          String expected = expected(migration.getValue(), variant.edit());
          String found = difference(before, after);
          judged++;
          if (!found.equals(expected)) {
            wrong.add(expected + " expected, " + found + " found in " + variant);
          }
        }
      }
    }

    assertThat(wrong).isEmpty();
    assertThat(judged).isGreaterThan(300);
  }

  private static List<Variant> variants() {
    List<Variant> variants = new ArrayList<>();
    int step = Boolean.getBoolean("kysera.trials.all") ? 1 : STEP;
    for (Corpus.Source source : CORPUS) {
      List<Mutations.Edit> edits = Mutations.of(source.text());
      for (int i = 0; i < edits.size(); i += step) {
        String packageName = "v%05d".formatted(variants.size());
        variants.add(new Variant(packageName, source, edits.get(i)));
      }
    }
    return variants;
  }

  /** Returns those of the variants that compile. */
  private static SortedMap<String, SourceFingerprints> fingerprints(List<Variant> variants) {
    List<Corpus.Source> sources = variants.stream().map(Variant::source).toList();
    Map<String, String> refused = CompiledMigrations.grammarErrors(sources);
    CompiledMigrations compiled =
        CompiledMigrations.of(
            sources.stream().filter(source -> !refused.containsKey(source.getName())).toList());
    Set<String> wrong =
        compiled.errors().keySet().stream().map(EditsTest::packageOf).collect(toSet());
    compiled
        .fingerprints()
        .keySet()
        .removeIf(name -> wrong.contains(name.substring(0, name.indexOf('.'))));
    return compiled.fingerprints();
  }

  private static String packageOf(String file) {
    return file.substring(1, file.indexOf('/', 1));
  }

  private static String difference(SourceFingerprints before, SourceFingerprints after) {
    boolean up = !before.up().equals(after.up());
    boolean down = !before.down().equals(after.down());
    return up ? down ? "both" : "up" : down ? "down" : "none";
  }

  private static String expected(Place place, Mutations.Edit edit) {
    if (place.down().holds(edit)) {
      return "down";
    }
    return place.body().holds(edit) && place.names().stream().noneMatch(span -> span.holds(edit))
        ? "up"
        : "none";
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        " /* x */ ",
        "\n",
        "\r\n\t",
        " // \"x\n",
        "/**/",
        "\f",
        "\n/** {@code } ; */\n",
        "  "
      })
  void edit_nothingBetweenAllWords_changesNoFingerprint(String nothing) {
    CompiledMigrations compiled =
        CompiledMigrations.of(
            CORPUS.stream()
                .map(
                    source -> Corpus.changed(source, Mutations.withBetween(source.text(), nothing)))
                .toList());

    assertThat(compiled.errors()).isEmpty();
    assertThat(compiled.fingerprints()).isEqualTo(ORIGINAL);
  }
}
