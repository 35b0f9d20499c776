package dev.kysera.migrations.processor;

import com.google.auto.service.AutoService;
import dev.kysera.migrations.annotation.Migration;
import dev.kysera.migrations.annotation.MigrationModule;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
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
@SupportedOptions(ProcessorOptions.REQUIRE_DOWN)
public final class MigrationProcessor extends AbstractProcessor {

  private enum Progress {
    WAITING,
    WRITTEN,
    GIVEN_UP
  }

  private final SourceNames sources = new SourceNames();
  private final ValidationReport report = new ValidationReport();
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
      collect(round);
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

  private void collect(RoundEnvironment round) {
    sources.addNamesakes(round);
    for (Element element : round.getElementsAnnotatedWith(Migration.class)) {
      if (element instanceof TypeElement type) {
        sources.addMigration(type);
        reportIfTooLate(type, "class " + type);
      }
    }
    for (Element element : round.getElementsAnnotatedWith(MigrationModule.class)) {
      if (element instanceof PackageElement module) {
        sources.addModule(module);
        reportIfTooLate(module, "package " + module);
      }
    }
  }

  private void reportIfTooLate(Element element, String subject) {
    if (progress == Progress.WRITTEN) {
      report.add(Finding.at(element, subject, Problems.tooLate(subject)));
    }
  }

  /**
   * Writes as soon as the whole set is known, in an ordinary round: code that imports a member of
   * {@code Migrations} does not compile if that class appears in the last one. What never becomes
   * known is an error of the compiler's own, and the last round takes the rest.
   */
  private void advance(boolean lastRound) {
    List<TypeElement> types = types();
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
    } else if (lastRound || complete.size() == types.size()) {
      progress = Progress.WRITTEN;
      new RegistryWriter(processingEnv, jdbiMigration.get(), sources, report).write(complete);
    }
  }

  private List<TypeElement> types() {
    Set<String> names = new TreeSet<>(sources.migrations());
    names.addAll(new UnseenMigrations(processingEnv).beside(sources.migrations()));
    return names.stream()
        .map(name -> elements().getTypeElement(name))
        .filter(Objects::nonNull)
        .toList();
  }

  private @Nullable Element firstModule() {
    return sources.modules().stream()
        .findFirst()
        .map(name -> elements().getPackageElement(name))
        .orElse(null);
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
