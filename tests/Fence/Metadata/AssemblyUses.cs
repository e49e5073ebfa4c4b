using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace Testbed.Tests.Fence;

/// <summary>
/// Everything that the code of a compiled assembly mentions, and where. Metadata shows what source hides: the
/// Monitor behind `lock`, the builder behind `async`, the enumerator behind `foreach`. Attributes are left to
/// the analyzer: they do nothing, and the compiler adds plenty.
/// </summary>
internal sealed class AssemblyUses
{
    private static readonly SignatureTypes Types = new();

    private readonly PEReader _image;
    private readonly MetadataReader _reader;
    private readonly List<Use> _uses = [];
    private TypeName _inType;          // the type being read
    private string _inMember = "";     // and its member; empty between members
    private bool _inMadeByCompiler;

    private AssemblyUses(PEReader image)
    {
        _image = image;
        _reader = image.GetMetadataReader();
    }

    public static IReadOnlyList<Use> Of(ImmutableArray<byte> assembly)
    {
        using var image = new PEReader(assembly);
        var uses = new AssemblyUses(image);
        foreach (var handle in uses._reader.TypeDefinitions)
        {
            uses.ReadType(handle);
        }
        return uses._uses;
    }

    private void ReadType(TypeDefinitionHandle handle)
    {
        var type = _reader.GetTypeDefinition(handle);
        _inType = TypeNames.Of(_reader, handle);
        Enter("", type.GetCustomAttributes());
        AddEntity(type.BaseType);
        foreach (var implemented in type.GetInterfaceImplementations())
        {
            AddEntity(_reader.GetInterfaceImplementation(implemented).Interface);
        }
        AddConstraints(type.GetGenericParameters());
        foreach (var field in type.GetFields().Select(_reader.GetFieldDefinition))
        {
            Enter(_reader.GetString(field.Name), field.GetCustomAttributes());
            AddTypes(field.DecodeSignature(Types, null));
        }
        foreach (var method in type.GetMethods().Select(_reader.GetMethodDefinition))
        {
            Enter(_reader.GetString(method.Name), method.GetCustomAttributes());
            ReadMethod(method);
        }
    }

    private void Enter(string member, CustomAttributeHandleCollection attributes)
    {
        _inMember = member;
        _inMadeByCompiler = _inType.IsUnspeakable || CompilerMade.IsMarked(_reader, attributes);
    }

    private void ReadMethod(MethodDefinition method)
    {
        AddTypes(SignatureTypes.InSignature(method.DecodeSignature(Types, null)));
        AddConstraints(method.GetGenericParameters());
        if (method.RelativeVirtualAddress == 0)
        {
            return;    // abstract, or native
        }
        var body = _image.GetMethodBody(method.RelativeVirtualAddress);
        if (!body.LocalSignature.IsNil)
        {
            AddEntity(body.LocalSignature);
        }
        foreach (var region in body.ExceptionRegions.Where(region => !region.CatchType.IsNil))
        {
            AddEntity(region.CatchType);
        }
        foreach (var token in IlTokens.Of(body.GetILBytes()))
        {
            AddEntity(MetadataTokens.EntityHandle(token));
        }
    }

    private void AddConstraints(GenericParameterHandleCollection parameters)
    {
        var constraints = parameters.Select(_reader.GetGenericParameter)
            .SelectMany(type => type.GetConstraints());
        foreach (var constraint in constraints.Select(_reader.GetGenericParameterConstraint))
        {
            AddEntity(constraint.Type);
        }
    }

    private void AddEntity(EntityHandle handle)
    {
        switch (handle.Kind)
        {
            case HandleKind.TypeReference or HandleKind.TypeDefinition or HandleKind.TypeSpecification:
                AddTypes(TypesOf(handle));
                break;
            case HandleKind.MemberReference:
                var member = _reader.GetMemberReference((MemberReferenceHandle)handle);
                AddMember(member.Parent, _reader.GetString(member.Name));
                break;
            case HandleKind.MethodDefinition:
                var method = _reader.GetMethodDefinition((MethodDefinitionHandle)handle);
                AddMember(method.GetDeclaringType(), _reader.GetString(method.Name));
                break;
            case HandleKind.FieldDefinition:
                var field = _reader.GetFieldDefinition((FieldDefinitionHandle)handle);
                AddMember(field.GetDeclaringType(), _reader.GetString(field.Name));
                break;
            case HandleKind.MethodSpecification:
                var generic = _reader.GetMethodSpecification((MethodSpecificationHandle)handle);
                AddEntity(generic.Method);
                AddTypes([.. generic.DecodeSignature(Types, null).SelectMany(type => type)]);
                break;
            case HandleKind.StandaloneSignature:
                AddSignature(_reader.GetStandaloneSignature((StandaloneSignatureHandle)handle));
                break;
        }
    }

    private void AddSignature(StandaloneSignature signature)
    {
        if (signature.GetKind() == StandaloneSignatureKind.LocalVariables)
        {
            AddTypes([.. signature.DecodeLocalSignature(Types, null).SelectMany(type => type)]);
        }
        else
        {
            AddTypes(SignatureTypes.InSignature(signature.DecodeMethodSignature(Types, null)));
        }
    }

    /// <summary>A member of a generic instance mentions its type arguments too.</summary>
    private void AddMember(EntityHandle parent, string name)
    {
        var types = TypesOf(parent);
        if (types.Length > 0)
        {
            _uses.Add(new Use(_inType, _inMember, _inMadeByCompiler, types[0], name));
            AddTypes(types[1..]);
        }
    }

    private void AddTypes(ImmutableArray<TypeName> types) =>
        _uses.AddRange(types.Select(type => new Use(_inType, _inMember, _inMadeByCompiler, type, "")));

    private ImmutableArray<TypeName> TypesOf(EntityHandle handle) => handle.Kind switch
    {
        HandleKind.TypeReference => [TypeNames.Of(_reader, (TypeReferenceHandle)handle)],
        HandleKind.TypeDefinition when !handle.IsNil => [TypeNames.Of(_reader, (TypeDefinitionHandle)handle)],
        HandleKind.TypeSpecification =>
            Types.GetTypeFromSpecification(_reader, null, (TypeSpecificationHandle)handle, 0),
        _ => [],
    };
}
