package dev.kysera.migrations.spring;

import dev.kysera.migrations.MigrationException;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.beans.factory.NoUniqueBeanDefinitionException;
import org.springframework.beans.factory.annotation.BeanFactoryAnnotationUtils;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.beans.factory.support.AutowireCandidateQualifier;

/** Finds the data source that a factory of runners is meant for. */
final class DataSources {

  private final ConfigurableListableBeanFactory beans;

  DataSources(ConfigurableListableBeanFactory beans) {
    this.beans = beans;
  }

  /**
   * The one of the factory's qualifier, else the only or the primary one.
   *
   * @throws MigrationException if there is none, or it is not clear which
   */
  DataSource of(String factory) {
    Optional<String> qualifier = qualifier(factory);
    try {
      return qualifier.isPresent()
          ? BeanFactoryAnnotationUtils.qualifiedBeanOfType(beans, DataSource.class, qualifier.get())
          : beans.getBean(DataSource.class);
    } catch (NoUniqueBeanDefinitionException e) {
      throw new MigrationException(
          ("There are several data sources (%s), and nothing says which of them \"%s\" migrates."
                  + "\nNext: put the @Qualifier of its data source, or the name of that bean, on the"
                  + " MigrationRunnerFactory \"%s\", or make one data source @Primary.")
              .formatted(names(), factory, factory),
          e);
    } catch (NoSuchBeanDefinitionException e) {
      String there = names();
      throw new MigrationException(
          ("There is no data source%s for the MigrationRunnerFactory \"%s\"; there %s."
                  + "\nNext: %s.")
              .formatted(
                  qualifier
                      .map(name -> " with the qualifier or the name \"" + name + "\"")
                      .orElse(""),
                  factory,
                  there.isEmpty() ? "is none at all" : "is " + there,
                  there.isEmpty()
                      ? "set spring.datasource.url, and see that spring-boot-starter-jdbc is there"
                      : "correct the @Qualifier"),
          e);
    }
  }

  private String names() {
    return String.join(
        ", ", BeanFactoryUtils.beanNamesForTypeIncludingAncestors(beans, DataSource.class));
  }

  /** In a context that was prepared ahead of time, the definition has what the method said. */
  private Optional<String> qualifier(String factory) {
    Qualifier annotation = beans.findAnnotationOnBean(factory, Qualifier.class);
    if (annotation != null) {
      return Optional.of(annotation.value());
    }
    BeanDefinition definition =
        beans.containsBeanDefinition(factory) ? beans.getMergedBeanDefinition(factory) : null;
    if (definition instanceof AbstractBeanDefinition known) {
      @Nullable AutowireCandidateQualifier said = known.getQualifier(Qualifier.class.getName());
      return Optional.ofNullable(said)
          .map(candidate -> candidate.getAttribute(AutowireCandidateQualifier.VALUE_KEY))
          .map(String::valueOf);
    }
    return Optional.empty();
  }
}
