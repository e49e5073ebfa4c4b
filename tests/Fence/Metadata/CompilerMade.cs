using System.Linq;
using System.Reflection.Metadata;

namespace Testbed.Tests.Fence;

/// <summary>
/// The few mentions of fenced things that the compiler writes by itself, each allowed in exactly the member
/// where it does. Nobody can forge them: the names are unspeakable, and the attribute is on the list of
/// banned symbols.
/// </summary>
internal static class CompilerMade
{
    private const string Mark = "System.Runtime.CompilerServices.CompilerGeneratedAttribute";

    public static bool IsMarked(MetadataReader reader, CustomAttributeHandleCollection attributes) =>
        attributes.Select(reader.GetCustomAttribute).Any(attribute => NameOf(reader, attribute) == Mark);

    public static bool Allows(Use use) =>
        use.InMadeByCompiler && (IsHashOfRecord(use) || IsThreadOfIterator(use) || IsAccessorOfEvent(use));

    /// <summary>Records and anonymous types hash field by field; nobody may ask them for the hash.</summary>
    private static bool IsHashOfRecord(Use use) =>
        use.InMember == "GetHashCode"
        && use.Member == "GetHashCode"
        && use.Type.ToString() is "System.Collections.Generic.EqualityComparer`1" or "System.Object";

    /// <summary>`yield return` reuses its own enumerator on the thread that made it.</summary>
    private static bool IsThreadOfIterator(Use use) =>
        use.InType.Name.Contains(">d__")
        && use.What is "System.Environment.get_CurrentManagedThreadId";

    /// <summary>An event without accessors swaps its delegate atomically.</summary>
    private static bool IsAccessorOfEvent(Use use) =>
        (use.InMember.StartsWith("add_") || use.InMember.StartsWith("remove_"))
        && use.What is "System.Threading.Interlocked.CompareExchange";

    private static string NameOf(MetadataReader reader, CustomAttribute attribute) =>
        attribute.Constructor.Kind switch
    {
        HandleKind.MemberReference =>
            NameOf(reader, reader.GetMemberReference((MemberReferenceHandle)attribute.Constructor).Parent),
        HandleKind.MethodDefinition =>
            NameOf(
                reader,
                reader.GetMethodDefinition((MethodDefinitionHandle)attribute.Constructor).GetDeclaringType()),
        _ => "",
    };

    private static string NameOf(MetadataReader reader, EntityHandle type) => type.Kind switch
    {
        HandleKind.TypeReference => TypeNames.Of(reader, (TypeReferenceHandle)type).ToString(),
        HandleKind.TypeDefinition => TypeNames.Of(reader, (TypeDefinitionHandle)type).ToString(),
        _ => "",
    };
}
