namespace Testbed.Tests.Fence;

/// <summary>
/// A type as metadata names it: Dictionary`2 for generics, a dot between a type and the one nested in it. The
/// namespace of a nested type is that of the outermost one.
/// </summary>
internal readonly record struct TypeName(string Namespace, string Name)
{
    /// <summary>No C# source can name such a type: the compiler made it.</summary>
    public bool IsUnspeakable => Name.Contains('<');

    public override string ToString() => Namespace.Length == 0 ? Name : Namespace + "." + Name;
}
