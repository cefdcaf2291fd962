package dev.resilient.cloud.ec2.instance;

import dev.resilient.cloud.ec2.image.Images;
import dev.resilient.cloud.ec2.image.InstanceTypes;
import dev.resilient.cloud.ec2.keypair.KeyPairs;
import dev.resilient.cloud.ec2.metadata.InstanceCredentials;
import dev.resilient.cloud.ec2.network.Network;
import dev.resilient.cloud.ec2.securitygroup.SecurityGroups;
import dev.resilient.cloud.ec2.tag.Tags;
import dev.resilient.cloud.ec2.template.LaunchTemplates;
import dev.resilient.cloud.identity.RoleDirectory;

/** What instances are made of and live among. */
public record Neighbours(
        Network network,
        SecurityGroups groups,
        LaunchTemplates templates,
        KeyPairs keyPairs,
        Images images,
        InstanceTypes types,
        Tags tags,
        RoleDirectory roles,
        InstanceCredentials credentials) {}
