package dev.resilient.scenario.resource;

import dev.resilient.scenario.base.Environment;
import java.util.List;
import java.util.function.Supplier;
import software.amazon.awssdk.services.iam.model.Policy;
import software.amazon.awssdk.services.iam.model.Tag;

/** The managed policy; it is never changed. */
final class AccessPolicy extends AccessPart<Policy> {
    private final Supplier<String> document;

    AccessPolicy(Environment environment, String name, Supplier<String> document) {
        super(environment, "policy", name);
        this.document = document;
    }

    String arn() {
        var account = environment.aws().account();
        return "arn:" + account.partition() + ":iam::" + account.id() + ":policy/" + name;
    }

    @Override
    Policy get() {
        return iam.getPolicy(request -> request.policyArn(arn())).policy();
    }

    @Override
    List<Tag> tags(Policy found) {
        return found.tags();
    }

    @Override
    void make(List<Tag> tags) {
        iam.createPolicy(request ->
                request.policyName(name).policyDocument(document.get()).tags(tags));
    }

    @Override
    void remove() {
        iam.deletePolicy(request -> request.policyArn(arn()));
    }
}
