namespace Testbed.Tests.Fence;

/// <summary>
/// One mention of a type, or of a member of it, by a compiled method, field or type. <see cref="InMember"/>
/// is empty where a type itself mentions the target: its base, an interface, a constraint.
/// </summary>
internal sealed record Use(
    TypeName InType, string InMember, bool InMadeByCompiler, TypeName Type, string Member)
{
    public string Where => InMember.Length == 0 ? InType.ToString() : $"{InType}.{InMember}";

    public string What => Member.Length == 0 ? Type.ToString() : $"{Type}.{Member}";
}
