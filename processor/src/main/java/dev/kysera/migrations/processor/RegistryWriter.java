package dev.kysera.migrations.processor;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.JavaFile;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import javax.annotation.processing.FilerException;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;

/** The way from the annotated classes to the file, one step after the other. */
final class RegistryWriter {

  private final ProcessingEnvironment environment;
  private final JdbiMigrationType jdbiMigration;
  private final SourceNames sources;
  private final ValidationReport report;

  RegistryWriter(
      ProcessingEnvironment environment,
      JdbiMigrationType jdbiMigration,
      SourceNames sources,
      ValidationReport report) {
    this.environment = environment;
    this.jdbiMigration = jdbiMigration;
    this.sources = sources;
    this.report = report;
  }

  /**
   * Writes also after errors, with what is valid: the user sees these errors alone, and none about
   * a missing {@code Migrations}.
   */
  void write(List<TypeElement> types) {
    Elements elements = environment.getElementUtils();
    List<MigrationDeclaration> declarations =
        types.stream().map(DeclarationReader::read).flatMap(Optional::stream).toList();
    Placement placement = Placement.of(declarations, sources.modules(), elements);

    ProcessorOptions options = ProcessorOptions.read(environment.getOptions(), report);
    FormerRegistries formers = new FormerRegistries(elements, placement);
    RequirementReader requirements = new RequirementReader(environment, placement, formers);
    DependencyRules dependencyRules = new DependencyRules(elements, placement, requirements);
    checkEach(declarations, placement, options, requirements, dependencyRules);
    SortedMap<String, List<MigrationDeclaration>> modules = placement.byTarget(declarations);
    modules.values().forEach(members -> FormerNameRules.check(members, report));
    RegistryRules registryRules = new RegistryRules(elements, sources, placement, report);
    registryRules.check(declarations);
    modules.values().forEach(members -> dependencyRules.conflicts(members).forEach(report::add));
    SharedHistories histories =
        new SharedHistories(
            elements, placement, new ModuleReader(environment), dependencyRules, declarations);
    new ModuleRules(placement, histories, report).check(declarations);

    List<MigrationDeclaration> valid =
        declarations.stream().filter(d -> !report.blames(d.className())).toList();
    DeclaredFingerprints fingerprints = new DeclaredFingerprints(environment, sources, formers);
    options.sum().ifPresent(path -> new SumRules(path, fingerprints, report).check(modules));
    RegistryFactory factory =
        new RegistryFactory(environment, jdbiMigration, fingerprints, requirements, histories);
    SortedMap<String, List<MigrationDeclaration>> validOnes = placement.byTarget(valid);
    for (String target : registryRules.freeTargets()) {
      List<Requirement> needs = dependencyRules.givable(modules.getOrDefault(target, List.of()));
      RegistryModel registry =
          factory.registryOf(target, validOnes.getOrDefault(target, List.of()), needs);
      write(MigrationsGenerator.generate(registry), registry.target());
      for (PackageFactory packageFactory : factory.factoriesFor(registry)) {
        write(packageFactory, registry, registryRules);
      }
    }
  }

  private void checkEach(
      List<MigrationDeclaration> declarations,
      Placement placement,
      ProcessorOptions options,
      RequirementReader requirements,
      DependencyRules dependencyRules) {
    DeclarationRules rules =
        new DeclarationRules(
            environment, jdbiMigration, options, placement, requirements, dependencyRules);
    for (MigrationDeclaration declaration : declarations) {
      try {
        rules.check(declaration).ifPresent(report::add);
      } catch (RuntimeException e) {
        report.add(Finding.about(declaration, Problems.bug(e)));
      }
    }
  }

  private void write(PackageFactory factory, RegistryModel registry, RegistryRules rules) {
    rules
        .taken(factory.name().canonicalName(), factory.declarations())
        .ifPresentOrElse(
            report::add,
            () ->
                write(
                    PackageFactoryGenerator.generate(factory, registry.dependencyParameters()),
                    factory.name()));
  }

  private void write(JavaFile file, ClassName className) {
    String name = className.canonicalName();
    try {
      file.writeTo(environment.getFiler());
    } catch (FilerException e) {
      report.add(Finding.at(null, name, Problems.notOverwritten(name, e)));
    } catch (IOException e) {
      report.add(Finding.at(null, name, Problems.notWritten(name, e)));
    }
  }
}
