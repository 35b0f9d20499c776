package dev.kysera.migrations.processor;

import com.palantir.javapoet.TypeName;
import java.util.List;

/**
 * A method of {@code Migrations.Dependencies}.
 *
 * @param name its name, which is that of the parameters it is for
 * @param type what it returns
 * @param migrations the names of the migrations that ask for it, in the order of execution
 */
record Dependency(String name, TypeName type, List<String> migrations) {}
