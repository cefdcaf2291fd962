package dev.resilient.cloud.iam;

import dev.resilient.cloud.base.Page;
import dev.resilient.wire.OperationRegistry;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import software.amazon.awssdk.services.iam.model.AddUserToGroupRequest;
import software.amazon.awssdk.services.iam.model.CreateGroupRequest;
import software.amazon.awssdk.services.iam.model.CreateGroupResponse;
import software.amazon.awssdk.services.iam.model.DeleteGroupRequest;
import software.amazon.awssdk.services.iam.model.GetGroupRequest;
import software.amazon.awssdk.services.iam.model.GetGroupResponse;
import software.amazon.awssdk.services.iam.model.Group;
import software.amazon.awssdk.services.iam.model.ListGroupsForUserRequest;
import software.amazon.awssdk.services.iam.model.ListGroupsForUserResponse;
import software.amazon.awssdk.services.iam.model.ListGroupsRequest;
import software.amazon.awssdk.services.iam.model.ListGroupsResponse;
import software.amazon.awssdk.services.iam.model.RemoveUserFromGroupRequest;

/** Groups of users. Who is in one is a fact about the user. */
final class Groups {
    private static final int MAXIMUM_OF_USER = 10;
    private final Entities entities;

    Groups(Entities entities) {
        this.entities = entities;
    }

    void register(OperationRegistry operations) {
        var groups = new Registrar<>(operations, entities, Kind.GROUP);
        groups.answerAsking(
                CreateGroupRequest.class,
                request -> groups.creation(request.path(), request.groupName(), List.of(), null),
                this::create);
        groups.answer(GetGroupRequest.class, GetGroupRequest::groupName, this::get);
        groups.list(ListGroupsRequest.class, ListGroupsRequest::pathPrefix, this::list);
        groups.act(DeleteGroupRequest.class, DeleteGroupRequest::groupName, this::delete);
        groups.act(AddUserToGroupRequest.class, AddUserToGroupRequest::groupName, this::add);
        groups.act(RemoveUserFromGroupRequest.class, RemoveUserFromGroupRequest::groupName, this::remove);
        new Registrar<>(operations, entities, Kind.USER)
                .answer(ListGroupsForUserRequest.class, ListGroupsForUserRequest::userName, this::listForUser);
    }

    private CreateGroupResponse create(CreateGroupRequest request) {
        Entity entity = entities.create(Kind.GROUP, request.path(), request.groupName(), Map.of());
        GroupEntity group = entities.add(Kind.GROUP, request.groupName(), new GroupEntity(entity, Grants.NONE));
        return CreateGroupResponse.builder().group(rendered(group)).build();
    }

    private GetGroupResponse get(GetGroupRequest request) {
        GroupEntity group = entities.get(Kind.GROUP, request.groupName());
        Page<UserEntity> page = Rendering.page(
                entities.usersIn(request.groupName()),
                user -> user.entity().name(),
                request.marker(),
                request.maxItems());
        return Rendering.paged(
                page,
                GetGroupResponse.builder()
                        .group(rendered(group))
                        .users(page.items().stream()
                                .map(user -> Users.brief(user).build())
                                .toList()));
    }

    private ListGroupsResponse list(ListGroupsRequest request) {
        Page<GroupEntity> page =
                Rendering.page(entities.all(Kind.GROUP), request.pathPrefix(), request.marker(), request.maxItems());
        return Rendering.paged(
                page,
                ListGroupsResponse.builder()
                        .groups(page.items().stream().map(Groups::rendered).toList()));
    }

    private ListGroupsForUserResponse listForUser(ListGroupsForUserRequest request) {
        List<GroupEntity> groups = entities.get(Kind.USER, request.userName()).groups().stream()
                .flatMap(name -> entities.find(Kind.GROUP, name).stream())
                .toList();
        Page<GroupEntity> page =
                Rendering.page(groups, group -> group.entity().name(), request.marker(), request.maxItems());
        return Rendering.paged(
                page,
                ListGroupsForUserResponse.builder()
                        .groups(page.items().stream().map(Groups::rendered).toList()));
    }

    private void delete(DeleteGroupRequest request) {
        entities.remove(Kind.GROUP, request.groupName(), group -> {
            if (!entities.usersIn(request.groupName()).isEmpty()) {
                throw Entities.deleteConflict("Cannot delete entity, must remove users from group first.");
            }
            Entities.requireNoPolicies(group.grants());
        });
    }

    private void add(AddUserToGroupRequest request) {
        changeMembership(request.userName(), request.groupName(), groups -> {
            groups.add(request.groupName());
            if (groups.size() > MAXIMUM_OF_USER) {
                throw Entities.limitExceeded("Cannot exceed quota for GroupsPerUser: " + MAXIMUM_OF_USER);
            }
        });
    }

    private void remove(RemoveUserFromGroupRequest request) {
        changeMembership(request.userName(), request.groupName(), groups -> groups.remove(request.groupName()));
    }

    private void changeMembership(String userName, String groupName, Consumer<Set<String>> change) {
        entities.change(Kind.USER, userName, user -> {
            entities.get(Kind.GROUP, groupName);
            Set<String> groups = new TreeSet<>(user.groups());
            change.accept(groups);
            return user.in(groups);
        });
    }

    private static Group rendered(GroupEntity group) {
        Entity entity = group.entity();
        return Group.builder()
                .path(entity.path())
                .groupName(entity.name())
                .groupId(entity.id())
                .arn(entity.arn())
                .createDate(entity.created())
                .build();
    }
}
