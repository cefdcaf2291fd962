package dev.resilient.loadbalancer.rule;

import dev.resilient.loadbalancer.http.RequestHead;
import java.net.InetAddress;
import java.util.List;
import java.util.stream.IntStream;

/** The rules of a listener at one moment, immutable. A request reads one of these and needs no lock. */
public final class RuleTable {
    private final List<CompiledRule> rules;
    private final CompiledRule byDefault;

    /**
     * A table.
     *
     * @param rules in the order in which they are tried
     * @param byDefault what is done with a request that none of them matches
     */
    public RuleTable(List<CompiledRule> rules, Route byDefault) {
        this.rules = IntStream.range(0, rules.size())
                .mapToObj(i -> rules.get(i).after(i + 1))
                .toList();
        this.byDefault = new CompiledRule(0, List.of(), byDefault).after(rules.size());
    }

    /**
     * The first rule that matches, else the default.
     *
     * @param client whose connection the request came on
     */
    public CompiledRule ruleFor(RequestHead request, InetAddress client) {
        for (int i = 0; i < rules.size(); i++) {
            if (rules.get(i).matches(request, client)) {
                return rules.get(i);
            }
        }
        return byDefault;
    }
}
