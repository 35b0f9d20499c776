package dev.kysera.migrations.benchmarks.report;

import dev.kysera.migrations.benchmarks.Figure;
import java.util.Collection;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/** All figures, to ask for some of them. */
record Results(List<Figure> figures) {

  /** Those of a part. */
  Results part(String part) {
    return new Results(stream().filter(f -> f.part().equals(part)).toList());
  }

  /** Those on a database. */
  Results on(String database) {
    return new Results(stream().filter(f -> f.database().equals(database)).toList());
  }

  /** Those for a number of migrations. */
  Results of(int migrations) {
    return new Results(stream().filter(f -> f.migrations() == migrations).toList());
  }

  /** Those of a contestant. */
  Results by(String contestant) {
    return new Results(stream().filter(f -> f.contestant().equals(contestant)).toList());
  }

  /** Those of a name. */
  Results named(String name) {
    return new Results(stream().filter(f -> f.name().equals(name)).toList());
  }

  boolean isEmpty() {
    return figures.isEmpty();
  }

  /** The median of the one that is left, empty if none or several are. */
  OptionalDouble median() {
    return figures.size() == 1 ? medians().findFirst() : OptionalDouble.empty();
  }

  /** The medians of all. */
  DoubleStream medians() {
    return stream().mapToDouble(Figure::median);
  }

  /** The databases, in the order of the figures. */
  List<String> databases() {
    return distinct(Figure::database);
  }

  /** The contestants, in the order of the figures. */
  List<String> contestants() {
    return distinct(Figure::contestant);
  }

  /** The numbers of migrations, in the order of the figures. */
  List<Integer> sizes() {
    return distinct(Figure::migrations);
  }

  /** The names, in the order of the figures. */
  List<String> names() {
    return distinct(Figure::name);
  }

  /** Those of some names. */
  Results namedOneOf(Collection<String> names) {
    return new Results(stream().filter(f -> names.contains(f.name())).toList());
  }

  private <T> List<T> distinct(Function<Figure, T> property) {
    return stream().map(property).distinct().toList();
  }

  private Stream<Figure> stream() {
    return figures.stream();
  }
}
