using System;

namespace Testbed.Wire.Generator.Schema;

/// <summary>What stands above the fields: enough for the catalogue. Compared by value, so that it is made
/// again only when a heading changes.</summary>
internal sealed class MessageHeading : IEquatable<MessageHeading>
{
    public MessageKind Kind { get; set; }

    public string Name { get; set; } = "";

    /// <summary>API key or record type; -1 for kinds without one.</summary>
    public int Key { get; set; } = -1;

    public VersionRange Versions { get; set; } = VersionRange.Empty;

    /// <summary>Flexible versions, to the highest; empty when none is.</summary>
    public VersionRange Flexible { get; set; } = VersionRange.Empty;

    public bool IsNewestUnstable { get; set; }

    public bool OnBroker { get; set; }

    public bool OnController { get; set; }

    public bool Equals(MessageHeading? other) =>
        other is not null
        && Kind == other.Kind
        && Name == other.Name
        && Key == other.Key
        && Versions.Low == other.Versions.Low
        && Versions.High == other.Versions.High
        && Flexible.Low == other.Flexible.Low
        && Flexible.High == other.Flexible.High
        && IsNewestUnstable == other.IsNewestUnstable
        && OnBroker == other.OnBroker
        && OnController == other.OnController;

    public override bool Equals(object? obj) => Equals(obj as MessageHeading);

    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Name);
}
