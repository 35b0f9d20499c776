package dev.kysera.migrations.processor;

import com.google.auto.service.AutoService;
import dev.kysera.migrations.annotation.Migration;
import dev.kysera.migrations.annotation.MigrationModule;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.Processor;
import javax.annotation.processing.RoundEnvironment;
import javax.annotation.processing.SupportedOptions;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.Element;
import javax.lang.model.element.ModuleElement;
import javax.lang.model.element.PackageElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;
import org.jspecify.annotations.Nullable;

/**
 * Checks {@link Migration} classes and generates the class {@code Migrations}. The compiler calls
 * it; it is not for other code.
 */
@AutoService(Processor.class)
@SupportedOptions({ProcessorOptions.REQUIRE_DOWN, ProcessorOptions.SUM})
public final class MigrationProcessor extends AbstractProcessor {

  private enum Progress {
    WAITING,
    WRITTEN,
    GIVEN_UP
  }

  private final SourceNames sources = new SourceNames();

  /** The migrations of the current round by name. Those of earlier ones are looked up again. */
  private final Map<String, TypeElement> fresh = new HashMap<>();

  private final ValidationReport report = new ValidationReport();

  /** What is in the class that was written, as messages name it. */
  private final Set<String> written = new HashSet<>();

  private Progress progress = Progress.WAITING;

  /** Creates the processor. */
  public MigrationProcessor() {}

  @Override
  public SourceVersion getSupportedSourceVersion() {
    return SourceVersion.latestSupported();
  }

  @Override
  public Set<String> getSupportedAnnotationTypes() {
    return Set.of(Migration.class.getCanonicalName(), MigrationModule.class.getCanonicalName());
  }

  @Override
  public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
    try {
      collect(annotations, round);
      if (progress == Progress.WAITING && !sources.areEmpty()) {
        advance(round.processingOver());
      }
    } catch (RuntimeException e) {
      progress = Progress.GIVEN_UP;
      report.add(Finding.at(null, "", Problems.bug(e)));
    }
    report.printTo(processingEnv.getMessager());
    return false; // never claim an annotation: other processors may be interested too
  }

  /** The annotation of a class is {@code @Migration}, that of a package the other one. */
  private void collect(Set<? extends TypeElement> annotations, RoundEnvironment round) {
    sources.addNamesakes(round);
    fresh.clear();
    for (TypeElement annotation : annotations) {
      for (Element element : round.getElementsAnnotatedWith(annotation)) {
        if (element instanceof TypeElement type) {
          fresh.put(sources.addMigration(type), type);
          reportIfTooLate(type, "class " + type);
        } else if (element instanceof PackageElement module) {
          sources.addModule(module);
          reportIfTooLate(module, "package " + module.getQualifiedName());
        }
      }
    }
  }

  /** A compiler may hand over what it has read for us from the source path as if it were new. */
  private void reportIfTooLate(Element element, String subject) {
    if (progress == Progress.WRITTEN && !written.contains(subject)) {
      report.add(Finding.at(element, subject, Problems.tooLate(subject)));
    }
  }

  /**
   * Writes as soon as the whole set is known, in an ordinary round: code that imports a member of
   * {@code Migrations} does not compile if that class appears in the last one. What never becomes
   * known is an error of the compiler's own, and the last round takes the rest.
   */
  private void advance(boolean lastRound) {
    SortedMap<String, TypeElement> byName = known();
    UnseenMigrations.Unseen unseen =
        new UnseenMigrations(processingEnv).beside(byName, sources.modules());
    byName.putAll(unseen.types());
    List<TypeElement> types = List.copyOf(byName.values());
    List<TypeElement> complete = types.stream().filter(Completeness::isComplete).toList();
    Element first = types.isEmpty() ? firstModule() : types.get(0);
    if (first == null) {
      return;
    }
    SourceVersion release = processingEnv.getSourceVersion();
    Optional<JdbiMigrationType> jdbiMigration =
        JdbiMigrationType.find(elements(), processingEnv.getTypeUtils(), first);
    if (release.compareTo(RuntimeTypes.OLDEST_RELEASE) < 0) {
      giveUp(first, Problems.oldRelease(release));
    } else if (jdbiMigration.isEmpty()) {
      giveUp(first, Problems.noRuntime(moduleOf(first)));
    } else if (lastRound || (complete.size() == types.size() && modulesAreComplete())) {
      progress = Progress.WRITTEN;
      unseen
          .outOfSight()
          .forEach(name -> report.add(Finding.at(null, name, Problems.outOfSight(name))));
      types.forEach(type -> written.add("class " + type));
      unseen.modules().forEach(name -> written.add("package " + name));
      new RegistryWriter(processingEnv, jdbiMigration.get(), sources, report).write(complete);
    }
  }

  private SortedMap<String, TypeElement> known() {
    SortedMap<String, TypeElement> types = new TreeMap<>();
    for (String name : sources.migrations()) {
      TypeElement type =
          fresh.containsKey(name) ? fresh.get(name) : elements().getTypeElement(name);
      if (type != null) {
        types.put(name, type);
      }
    }
    return types;
  }

  private @Nullable Element firstModule() {
    return sources.modules().stream()
        .findFirst()
        .map(name -> elements().getPackageElement(name))
        .orElse(null);
  }

  private boolean modulesAreComplete() {
    return sources.modules().stream()
        .allMatch(name -> ModuleReader.isComplete(elements().getPackageElement(name)));
  }

  private void giveUp(Element place, String message) {
    progress = Progress.GIVEN_UP;
    report.add(Finding.at(place, place.toString(), message));
  }

  private String moduleOf(Element element) {
    ModuleElement module = elements().getModuleOf(element);
    return module == null ? "" : module.getQualifiedName().toString();
  }

  private Elements elements() {
    return processingEnv.getElementUtils();
  }
}
